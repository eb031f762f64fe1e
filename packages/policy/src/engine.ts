/**
 * What policies are made of, for what drives them without promises: a simulator, a gateway.
 *
 * @packageDocumentation
 */
export { Admission } from './admission/admission.ts';
export {
  Criticality,
  criticalityNames,
  criticalityOf,
  levelAt,
  levelOf,
  unknownLevel,
} from './admission/criticality.ts';
export { RetryBudget } from './budget/budget.ts';
export type { CacheEntry, CacheKey, CacheState } from './cache/cache.ts';
export { Cache } from './cache/cache.ts';
export type { CacheSettings } from './cache/settings.ts';
export type { CacheAnswer, CallOutcome } from './call/call.ts';
export { Call, Task } from './call/call.ts';
export { allStages } from './call/all-stages.ts';
export type { EngineParts } from './call/engine-parts.ts';
export { CallEngine } from './call/engine.ts';
export type { BreakerState, CallHost, CallObserver, HedgeStop, RetryStop } from './call/host.ts';
export { Reason, isLocalRejection, reasonNames } from './call/reason.ts';
export type { ReasonWord } from './call/reason.ts';
export type {
  AdmissionSettings,
  AdaptiveSettings,
  BackoffSettings,
  BreakerSettings,
  BudgetSettings,
  EndpointBalance,
  EndpointSettings,
  HedgeSettings,
  Jitter,
  LimitQueueSettings,
  LimitSettings,
  OutlierSettings,
  PolicySettings,
  QueueOrder,
  QueueSettings,
  RetrySettings,
  ThrottleSettings,
} from './call/settings.ts';
export type { Stages } from './call/stages.ts';
export type { EjectionReason } from './endpoints/outliers.ts';
export { Codel } from './limit/codel.ts';
export type { Analysis } from './random/analysis.ts';
export { exp, log, portable, power } from './random/elementary.ts';
export type { Random } from './random/random.ts';
export { RandomStream, stream } from './random/streams.ts';
export { systemRandom } from './random/system.ts';
export { backoffDelayMs } from './retry/backoff.ts';
export type { Clock, Timer } from './time/clock.ts';
export { systemClock } from './time/system.ts';
export type { HeapItem } from './timers/due-heap.ts';
export { DueHeap } from './timers/due-heap.ts';
