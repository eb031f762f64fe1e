/**
 * The same with all paths as seen from where the command was given: files are named relative to the
 * folder that was read, and people, editors and runners look from where they stand.
 *
 * @param folder as the user named it
 */
export function relocated<T>(value: T, folder: string): T {
  const prefix = folder.replace(/^(\.\/)+/, '').replace(/\/+$/, '');
  return prefix === '' || prefix === '.' ? value : moved(value, prefix);
}

function moved<T>(value: T, prefix: string): T {
  if (Array.isArray(value)) return value.map((each) => moved<unknown>(each, prefix)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => {
    const isPath = key === 'file' && typeof inner === 'string';
    return [key, isPath ? `${prefix}/${inner}` : moved<unknown>(inner, prefix)] as const;
  });
  return Object.fromEntries(entries) as T;
}
