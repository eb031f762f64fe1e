import { type Reason, reasonNames } from '@seaworthy/policy/engine';

import type { Counts } from '../../signals/run.ts';

/** One counter a reason. */
export class ReasonCounts {
  private readonly counts = new Float64Array(reasonNames.length);
  private any = false;

  add(reason: Reason): void {
    this.counts[reason]!++;
    this.any = true;
  }

  /** What was counted since the last flush, without the zeros. */
  flush(): Counts {
    if (!this.any) return NOTHING;
    const counts: Record<string, number> = {};
    for (let reason = 0; reason < reasonNames.length; reason++) {
      if (this.counts[reason]! > 0) counts[reasonNames[reason]!] = this.counts[reason]!;
    }
    this.counts.fill(0);
    this.any = false;
    return counts;
  }
}

const NOTHING: Counts = {};
