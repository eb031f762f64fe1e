import type { Landscape } from '../model/import/landscape.ts';
import type { Decision } from './finding.ts';
import type { Severity } from './severity.ts';

/** What a rule is about. Its docs page is generated from these fields. */
export interface RuleText {
  /** Stable, as in `RT05`. */
  readonly id: string;
  /** What it finds, in a few words: `timeout inversion`. */
  readonly name: string;
  /** Of a finding that says nothing else, before confidence counts. */
  readonly severity: Severity;
  /** When it finds something, in symbols and plain words. */
  readonly formula: string;
  /** What happens in production when it does. */
  readonly why: string;
  /** Public addresses. */
  readonly sources: readonly string[];
  readonly remedy: string;
  /** What must be known for a decision. */
  readonly needs: readonly string[];
}

/** One assumption that production would test. */
export interface Rule extends RuleText {
  /** One decision for each subject that is wrong, or that cannot be decided about. */
  readonly decide: (landscape: Landscape) => Iterable<Decision>;
}
