/**
 * A list of numbers alone, over several lines. No text has a line break: JSON escapes them. There
 * is one way only to match anything, or a long list that ends in a text would take for ever.
 */
const numbers = /\[\n *(?:-?\d[\d.e+-]*|null)(?:,\n *(?:-?\d[\d.e+-]*|null))*\n *\]/g;

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
