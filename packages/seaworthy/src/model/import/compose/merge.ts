/**
 * A service with an addition on top, as `docker compose -f compose.yaml -f compose.prod.yaml` has
 * it: what the addition says itself counts, lists of named things are joined by their names, and
 * its defaults say nothing.
 *
 * @see https://docs.docker.com/reference/compose-file/merge/
 */
export function merged<T>(base: T, over: T): T {
  if (over === undefined || over === base) return base;
  if (base === undefined) return over;
  if (Array.isArray(base) && Array.isArray(over)) return mergedList(base, over) as T;
  if (!isObject(base) || !isObject(over)) return base;
  if ('origin' in over) return isFromFile(over['origin']) ? over : base;
  // Where it stands is where the whole file has it.
  if (over['kind'] === 'file') return base;
  const keys = new Set([...Object.keys(base), ...Object.keys(over)]);
  const entries = [...keys].map((key) => [key, merged<unknown>(base[key], over[key])] as const);
  return Object.fromEntries(entries) as T;
}

function mergedList(base: readonly unknown[], over: readonly unknown[]): readonly unknown[] {
  const names = [...base, ...over].map(nameOf);
  if (names.includes(undefined)) return over.length > 0 ? over : base;
  const byName = new Map(base.map((item) => [nameOf(item), item]));
  for (const item of over) {
    const name = nameOf(item);
    byName.set(name, isVariable(item) ? item : merged(byName.get(name), item));
  }
  return [...byName.values()];
}

function nameOf(item: unknown): string | undefined {
  return isObject(item) && typeof item['name'] === 'string' ? item['name'] : undefined;
}

/** A variable is replaced with its place and all. */
function isVariable(item: unknown): boolean {
  return isObject(item) && 'secret' in item;
}

function isFromFile(origin: unknown): boolean {
  return isObject(origin) && origin['kind'] === 'file';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
