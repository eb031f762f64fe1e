/** A list of numbers alone, over several lines. No text has a line break: JSON escapes them. */
const numbers = /\[\n\s*(?:(?:-?\d[\d.e+-]*|null)(?:,\n\s*)?)+\n\s*\]/g;

/** JSON that a person can read: indented, but for lists of numbers, which stand in a line each. */
export function jsonText(
  value: unknown,
  replacer?: (this: unknown, key: string, value: unknown) => unknown,
): string {
  const text = JSON.stringify(value, replacer, 2);
  return text.replaceAll(numbers, (list) =>
    list.replaceAll(/\s+/g, ' ').replaceAll(/^\[ | \]$/g, (end) => end.trim()),
  );
}
