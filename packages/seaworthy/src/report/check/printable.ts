/**
 * The same with a space for breaks of lines, and `?` for other control characters, in all texts, so
 * that names and values of files cannot drive the terminal.
 */
export function printable<T>(value: T): T {
  if (typeof value === 'string')
    return value.replace(/[\r\n\t ]+/g, ' ').replace(/\p{C}/gu, '?') as T;
  if (Array.isArray(value)) return value.map(printable) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, printable(inner)] as const);
  return Object.fromEntries(entries) as T;
}
