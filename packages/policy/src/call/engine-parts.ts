import type { Admission } from '../admission/admission.ts';
import type { RetryBudget } from '../budget/budget.ts';
import type { Cache } from '../cache/cache.ts';
import type { Endpoints } from '../endpoints/endpoints.ts';
import type { NormalPath } from '../fallback/normal-path.ts';
import type { HedgeDelay } from '../hedge/hedge-delay.ts';
import type { Analysis } from '../random/analysis.ts';
import type { Random } from '../random/random.ts';
import type { Throttle } from '../throttle/throttle.ts';
import type { Clock } from '../time/clock.ts';
import type { MonotonicTime } from '../time/monotonic.ts';
import type { Gate } from './gate.ts';
import type { CallHost, CallObserver } from './host.ts';
import type { Stages } from './stages.ts';

/** What a call engine works with. */
export interface EngineParts {
  /** The time, and the one timer that it arms. */
  readonly clock: Clock;
  /** For jitter, and all else that is left to chance. */
  readonly random: Random;
  /** For early refreshes, and estimates that fade: `Math`, or `portable` to repeat them. */
  readonly analysis: Analysis;
  /** Runs the attempts. */
  readonly host: CallHost;
  /** What carries the settings out: one for each part that they have. */
  readonly stages: Stages;
  /** Undefined: nobody wants to know. */
  readonly observer?: CallObserver | undefined;
  /** A budget shared with other engines, in place of an own one after `settings.retry.budget`. */
  readonly budget?: RetryBudget;
  /** A cache shared with other engines, in place of an own one after `settings.cache`. */
  readonly cache?: Cache;
  /** @internal What it goes on with, of the engine before it. */
  readonly kept?: Kept;
}

/** What an engine goes on with, of the one before it: each as it is. */
export interface Kept {
  readonly time: MonotonicTime;
  readonly gate: Gate;
  /** Of hedges, where they have a budget of their own. */
  readonly ledger: RetryBudget | undefined;
  readonly admission: Admission | undefined;
  readonly throttle: Throttle | undefined;
  readonly endpoints: Endpoints | undefined;
  readonly hedgeDelay: HedgeDelay | undefined;
  readonly normalPath: NormalPath | undefined;
}
