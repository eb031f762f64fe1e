import { reasonNames } from '../call/reason.ts';
import type { Reason } from '../call/reason.ts';
import type { RetryReason } from './call-policy.ts';
import { listOf, word } from './reader.ts';
import type { Reader } from './reader.ts';

/** What the dependency did: what is worth another attempt. */
export const retryReasons: readonly RetryReason[] = [
  'error',
  'overloaded',
  'reset',
  'unreachable',
  'timeout',
  'conflict',
];

/** The reasons that options name by their words. */
/* @__NO_SIDE_EFFECTS__ */
export function reasonsOf(words: readonly RetryReason[]): ReadonlySet<Reason> {
  return new Set(words.map((name) => (reasonNames as readonly string[]).indexOf(name) as Reason));
}

/** A list of some of these words. */
/* @__NO_SIDE_EFFECTS__ */
export function reasonsAmong(words: readonly RetryReason[]): Reader<ReadonlySet<Reason>> {
  const read = listOf(word(words));
  return (value, at) => reasonsOf(read(value, at));
}
