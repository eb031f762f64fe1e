import { reasonNames } from '../call/reason.ts';
import type { Reason } from '../call/reason.ts';

/** The reasons that options name by their words. */
export function reasonsOf(words: readonly string[]): ReadonlySet<Reason> {
  return new Set(words.map((name) => (reasonNames as readonly string[]).indexOf(name) as Reason));
}
