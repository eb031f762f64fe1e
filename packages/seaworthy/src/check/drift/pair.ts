import type { Landscape } from '../../model/import/landscape.ts';
import type { Decision } from '../finding.ts';
import type { RuleText } from '../rule.ts';

/** One of two environments that are compared. */
export interface Side {
  /** As people call it: `staging`. */
  readonly name: string;
  readonly landscape: Landscape;
}

/** What was rehearsed, and what it is held against: production. */
export interface Pair {
  readonly here: Side;
  readonly there: Side;
}

/** A rule about a hash of policies, and the one that was rehearsed. */
export interface PolicyRule extends RuleText {
  readonly decideHash: (hash: string | undefined, rehearsed: string) => Iterable<Decision>;
}

/** A rule about two environments. */
export interface PairRule extends RuleText {
  readonly decideBetween: (pair: Pair) => Iterable<Decision>;
}
