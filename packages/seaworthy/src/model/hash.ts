import { createHash } from 'node:crypto';
import type { Model } from './model.ts';

/**
 * SHA-256 of the effective model in hexadecimal: equal for files that mean the same, however they
 * are written.
 */
export function hashModel(model: Model): string {
  return hashText(canonical(model));
}

/** SHA-256 in hexadecimal. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * JSON with sorted keys; sets as sorted lists, infinity as a word, and undefined left out like a
 * missing key.
 */
function canonical(value: unknown): string {
  if (value === Infinity) return '"unlimited"';
  if (value instanceof Set) return canonical([...value].toSorted((a, b) => a - b));
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    // `text` is how the author put what the other keys say.
    .filter(([key, inner]) => inner !== undefined && key !== 'text')
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const pairs = entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`);
  return `{${pairs.join(',')}}`;
}
