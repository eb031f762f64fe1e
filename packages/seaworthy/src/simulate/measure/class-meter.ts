import { type Call, Reason, criticalityOf, isLocalRejection } from '@seaworthy/policy/engine';

import type { ClassSample } from '../../signals/run.ts';

const CLASSES = 4;
const FIELDS = 5;

/** Counts the calls of one edge by their criticality, until the interval ends. */
export class ClassMeter {
  readonly #counts = new Float64Array(CLASSES * FIELDS);

  started(call: Call): void {
    this.#counts[criticalityOf(call.level) * FIELDS]!++;
  }

  settled(call: Call): void {
    this.#counts[criticalityOf(call.level) * FIELDS + fieldOf(call)]!++;
  }

  /** The classes of which there was a call. */
  flush(): readonly ClassSample[] {
    const samples: ClassSample[] = [];
    for (let criticality = 0; criticality < CLASSES; criticality++) {
      const at = criticality * FIELDS;
      const [offered, succeeded, fallback, failed, rejected] = this.#counts.slice(at, at + FIELDS);
      const sample = {
        criticality,
        offered: offered!,
        succeeded: succeeded!,
        fallback: fallback!,
        failed: failed!,
        rejected: rejected!,
      };
      if (offered! + succeeded! + fallback! + failed! + rejected! > 0) samples.push(sample);
    }
    this.#counts.fill(0);
    return samples;
  }
}

function fieldOf(call: Call): number {
  if (call.outcome === 'succeeded') return 1;
  if (call.outcome === 'fallback') return 2;
  return isRefusal(call.reason, call.attempt) ? 4 : 3;
}

/**
 * Whether a call that failed was refused on the side of the caller. A deadline that passes after
 * the first attempt, or a door that sheds it, is the dependency's.
 */
export function isRefusal(reason: Reason, attempts: number): boolean {
  if (!isLocalRejection(reason) || reason === Reason.cancelled) return false;
  return attempts === 0 || (reason !== Reason.deadline && reason !== Reason.shed);
}
