/** Longer words are not typing errors of each other in a way that a distance would show. */
const longestWord = 64;

/**
 * The known word that was probably meant: the smallest edit distance (optimal string alignment: a
 * swap counts one), at most a third of the word. Undefined where none is near.
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  if (word.length > longestWord) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  const wordInSmall = word.toLowerCase();
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const distance = editDistance(wordInSmall, candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** `did you mean "budget"?`, or the known words where there are few, or nothing. */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  const near = nearest(word, known);
  if (near !== undefined) return `did you mean "${near}"?`;
  /** More do not fit in a line. */
  const listed = 24;
  if (known.length === 0 || known.length > listed) return undefined;
  return `known here: ${known.join(', ')}`;
}

/**
 * Letters to put in, take out, change or swap with their neighbour. Infinity where it is found out
 * early that they are not fewer than `below`.
 */
export function editDistance(a: string, b: string, below = Infinity): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  let row: number[] = [];
  let leastOfLast = 0;
  for (let i = 1; i <= a.length; i++) {
    row[0] = i;
    let least = i;
    const letter = a.charCodeAt(i - 1);
    const letterBefore = a.charCodeAt(i - 2);
    for (let j = 1; j <= b.length; j++) {
      const other = b.charCodeAt(j - 1);
      const same = letter === other;
      let distance = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && letter === b.charCodeAt(j - 2) && letterBefore === other) {
        distance = Math.min(distance, beforeLast[j - 2]! + 1);
      }
      row[j] = distance;
      if (distance < least) least = distance;
    }
    // What follows comes from this row, or by a swap from the one before it.
    if (least >= below && leastOfLast >= below) return Infinity;
    leastOfLast = least;
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  return last[b.length]!;
}
