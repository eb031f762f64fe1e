import type { Twin } from './compare.ts';
import { compareMeaning } from './meaning.ts';

/**
 * How the values of a setting stand to each other:
 *
 * - `same`: they mean the same, however they are written.
 * - `version`: other major versions of what runs.
 * - `effective`: nobody wrote another value, and yet it is another one: a default has changed.
 * - `kind`: one is a duration and the other a number, or one is a thousand times the other.
 * - `different`: somebody wrote another value.
 */
export type Equality = 'same' | 'version' | 'effective' | 'kind' | 'different';

/** Of a setting that has to be equal. */
export function equalityOf({ name, here, there }: Twin): Equality {
  if (here.value === there.value) return 'same';
  if (name.startsWith('major version of ')) return 'version';
  const texts = here.unit === 'text';
  const how = texts ? compareMeaning(String(here.value), String(there.value), name) : 'different';
  if (how === 'same') return 'same';
  if (how !== 'different') return 'kind';
  const unwritten = here.origin.kind === 'default' && there.origin.kind === 'default';
  return unwritten ? 'effective' : 'different';
}
