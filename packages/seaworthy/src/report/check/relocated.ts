import type { Landscape } from '../../model/import/landscape.ts';

/**
 * The same with all places as seen from where the command was given: files are named relative to
 * the folder that was read, and people, editors and runners look from where they stand.
 *
 * @param folder as the user named it
 */
export function relocated(landscape: Landscape, folder: string): Landscape {
  const prefix = folder.replace(/^(\.\/)+/, '').replace(/\/+$/, '');
  if (prefix === '' || prefix === '.') return landscape;
  // A model is no plain data, and tells its places itself.
  const { models, ...rest } = landscape;
  return {
    ...moved(rest, prefix),
    models: models.map(({ position, ...model }) => ({
      ...model,
      position: (path) => moved(position(path), prefix),
    })),
  };
}

function moved<T>(value: T, prefix: string): T {
  if (Array.isArray(value)) return value.map((each) => moved<unknown>(each, prefix)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const isPlace = 'kind' in value || 'as' in value || 'why' in value;
  const entries = Object.entries(value).map(([key, inner]) => {
    const isPath = isPlace && key === 'file' && typeof inner === 'string';
    return [key, isPath ? `${prefix}/${inner}` : moved<unknown>(inner, prefix)] as const;
  });
  return Object.fromEntries(entries) as T;
}
