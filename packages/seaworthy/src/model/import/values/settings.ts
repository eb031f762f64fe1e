import type { DefaultOrigin, Setting } from '../landscape.ts';

/** A value that a runtime, library, mesh or platform fills in, by a public source. */
export function defaulted<T>(value: T, of: string, source: string): Setting<T> {
  const origin: DefaultOrigin = { kind: 'default', of, source };
  return { value, origin };
}
