/** Settings are plain data, and sets of numbers. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one, plain) === JSON.stringify(other, plain);
}

function plain(_: string, value: unknown): unknown {
  if (value instanceof Set) return [...value].map(String).toSorted((a, b) => a.localeCompare(b));
  return value === Infinity ? 'Infinity' : value;
}
