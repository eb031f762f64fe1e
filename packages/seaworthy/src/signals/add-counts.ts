/** Adds what was counted elsewhere, word by word. */
export function addCounts(
  sums: Record<string, number>,
  counts: Readonly<Record<string, number>>,
): void {
  for (const [word, count] of Object.entries(counts)) sums[word] = (sums[word] ?? 0) + count;
}
