/**
 * Policies around any asynchronous call: deadline, cache, retry, hedge, budget, breaker, limit,
 * fallback.
 *
 * @packageDocumentation
 */
export type { BreakerMemory } from './breaker/memory.ts';
export type { BudgetMemory } from './budget/memory.ts';
export type { CacheAnswer, CallOutcome } from './call/call.ts';
export type { Call, Task } from './call/call.ts';
export type { EngineMemory } from './call/memory.ts';
export type { BreakerState, CallObserver, HedgeStop, RetryStop } from './call/host.ts';
export { Reason, reasonNames } from './call/reason.ts';
export type { ReasonWord } from './call/reason.ts';
export type { EjectionReason } from './endpoints/outliers.ts';
export type {
  AdmissionOptions,
  BalanceOptions,
  BalanceWord,
  BreakerOptions,
  BudgetOptions,
  CacheOptions,
  CallPolicy,
  Duration,
  HedgeOptions,
  LimitOptions,
  OutlierOptions,
  Rate,
  RetryOptions,
  RetryReason,
  Share,
  ThrottleOptions,
} from './options/call-policy.ts';
export { OptionError } from './options/reader.ts';
export type { AttemptContext } from './promise/attempt-context.ts';
export type { PolicyMade } from './promise/announce.ts';
export type { FallbackContext } from './promise/fallbacks.ts';
export type { Chaos, Injector } from './promise/invoke.ts';
export type { Judge, Judgement, Outcome } from './promise/judge.ts';
export type {
  Fault,
  ObservedPolicy,
  Observe,
  ObserverOption,
  PolicyObserver,
} from './promise/observer.ts';
export { PolicyError } from './promise/policy-error.ts';
export type { PolicyErrorCode } from './promise/policy-error.ts';
export { policy } from './promise/policy.ts';
export type { CorePolicy, Policy, PolicyOptions, PolicyParts } from './promise/policy.ts';
export type { PolicySnapshot } from './promise/snapshot.ts';
export type { Work } from './promise/promise-call.ts';
export type { CallOptions } from './promise/runner.ts';
export type { PolicyState } from './promise/state.ts';
export { task } from './promise/task.ts';
export type { TaskOptions } from './promise/task.ts';
export type { Random } from './random/random.ts';
export type { RetryAfterHeaders } from './retry/retry-after.ts';
export { parseRetryAfter } from './retry/retry-after.ts';
export type { Clock, Timer } from './time/clock.ts';
