import { reasonNames } from '../call/reason.ts';
import type { Reason } from '../call/reason.ts';

/**
 * The labels of one series: the policy and at most one word more, from a fixed list. So a policy
 * has a fixed number of series at most, whatever it meets.
 */
export interface Labels {
  readonly policy: string;
  readonly [name: string]: string;
}

type LabelName = 'reason' | 'outcome' | 'state' | 'fault' | 'how';

/** All labels of one policy, each made once: the same series is always the same object. */
export class LabelSet {
  readonly plain: Labels;
  private readonly made: Readonly<Record<LabelName, Map<string, Labels>>> = {
    reason: new Map(),
    outcome: new Map(),
    state: new Map(),
    fault: new Map(),
    how: new Map(),
  };

  constructor(policy: string) {
    this.plain = { policy };
  }

  reason(reason: Reason): Labels {
    return this.with('reason', reasonNames[reason]);
  }

  with(name: LabelName, word: string): Labels {
    const words = this.made[name];
    let labels = words.get(word);
    if (labels === undefined) {
      labels = { ...this.plain, [name]: word };
      words.set(word, labels);
    }
    return labels;
  }
}

/**
 * Names of policies that get series of their own. Whoever makes policies by the name of a user or a
 * path would fill the memory of whatever collects them: all further names are one, `other`.
 */
const POLICIES_MAX = 200;

/** The labels by name. Policies of the same name share them. */
export class LabelSets {
  private readonly sets: Map<string, LabelSet> = new Map();

  of(policy: string): LabelSet {
    const known = this.sets.get(policy);
    if (known !== undefined) return known;
    if (policy !== 'other' && this.sets.size >= POLICIES_MAX) return this.of('other');
    const made = new LabelSet(policy);
    this.sets.set(policy, made);
    return made;
  }
}
