import { hashText } from '../../model/hash.ts';
import { keyed } from './compare.ts';
import { meaningOf } from './meaning.ts';
import type { Side } from './pair.ts';

/** Fewer digits might be those of other policies by chance: 2^48 are enough for all of a year. */
export const policiesDigitsMin = 12;

/**
 * SHA-256 of all effective settings that must be equal between environments, in hexadecimal. Two
 * environments with the same have the same policies, however and by whom they are written; a
 * default that has changed changes it. Undefined: there are no such settings.
 */
export function policiesHash(side: Side): string | undefined {
  const lines = [...keyed(side)]
    .filter(([, { kind }]) => kind === 'equal')
    .map(([key, { name, unit, value }]) => {
      const meant = unit === 'text' ? meaningOf(String(value), name) : value;
      return JSON.stringify([key, meant === Infinity ? 'unlimited' : meant]);
    });
  return lines.length === 0 ? undefined : hashText(lines.toSorted().join('\n'));
}
