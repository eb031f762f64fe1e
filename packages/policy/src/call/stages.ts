import type { Admission } from '../admission/admission.ts';
import type { CircuitBreaker } from '../breaker/breaker.ts';
import type { RetryBudget } from '../budget/budget.ts';
import type { CacheStage } from '../cache/stage.ts';
import type { Endpoints } from '../endpoints/endpoints.ts';
import type { NormalPath } from '../fallback/normal-path.ts';
import type { Hedges } from '../hedge/hedges.ts';
import type { AdaptiveLimit } from '../limit/adaptive-limit.ts';
import type { Codel } from '../limit/codel.ts';
import type { Throttle } from '../throttle/throttle.ts';
import type { Retries } from './retries.ts';

/**
 * What carries out the settings of an engine: each the class for the part of its name. The engine
 * knows none of them by itself, so that a bundle holds those alone that somebody names. Hand all of
 * them with `allStages`.
 */
export interface Stages {
  /** @internal */
  readonly admission?: typeof Admission;
  /** @internal For `limit.concurrency` that is no number. */
  readonly adaptive?: typeof AdaptiveLimit;
  /** @internal */
  readonly breaker?: typeof CircuitBreaker;
  /** @internal For the budgets of retries and hedges. */
  readonly budget?: typeof RetryBudget;
  /** @internal */
  readonly cache?: typeof CacheStage;
  /** @internal For `limit.queue.order` codel. */
  readonly codel?: typeof Codel;
  /** @internal */
  readonly endpoints?: typeof Endpoints;
  /** @internal */
  readonly fallbacks?: typeof NormalPath;
  /** @internal */
  readonly hedge?: typeof Hedges;
  /** @internal */
  readonly retry?: typeof Retries;
  /** @internal */
  readonly throttle?: typeof Throttle;
}

/**
 * The part of an engine for these settings, made by its stage. Undefined: there are no settings.
 *
 * @throws Error when the stage is missing: that is a defect of who made the engine.
 */
export function stageFor<S, A extends readonly unknown[], T>(
  settings: S | undefined,
  Stage: (new (settings: S, ...parts: A) => T) | undefined,
  ...parts: A
): T | undefined {
  if (settings === undefined) return undefined;
  if (Stage === undefined) throw new Error('a part of the settings has no stage');
  return new Stage(settings, ...parts);
}
