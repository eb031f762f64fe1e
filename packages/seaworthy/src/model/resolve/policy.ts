import type {
  CacheSettings,
  BreakerSettings,
  BudgetSettings,
  HedgeSettings,
  LimitSettings,
  PolicySettings,
  QueueSettings,
  RetrySettings,
  ThrottleSettings,
} from '@seaworthy/policy/engine';
import { reasonNames } from '@seaworthy/policy/engine';
import type { Reason } from '@seaworthy/policy/engine';
import type { Balance } from '../model.ts';
import type { CallPolicyEntry } from '../schema/calls.ts';
import { admissionSettings } from './criticality.ts';
import { hedgeBudgetDefaults } from '../schema/hedge.ts';
import { endpointSettings } from './endpoints.ts';

type RetryEntry = NonNullable<CallPolicyEntry['retry']>;

/**
 * The settings of the call engine for an entry under `calls`. `fromOutside` is the balance of the
 * callee.
 */
export function policySettings(entry: CallPolicyEntry, fromOutside: Balance): PolicySettings {
  const endpoints = endpointSettings(entry, fromOutside);
  return {
    ...(entry.deadline !== undefined && { deadlineMs: entry.deadline }),
    fallbackReserveMs: entry.fallbackReserve,
    ...(entry.timeout !== undefined && { timeoutMs: entry.timeout }),
    ...(entry.taskAttempts !== undefined && { taskAttempts: entry.taskAttempts }),
    ...(entry.admission && { admission: admissionSettings(entry.admission) }),
    ...(entry.cache && { cache: cacheSettings(entry.cache) }),
    ...(entry.retry && { retry: retrySettings(entry.retry) }),
    ...(entry.throttle && { throttle: throttleSettings(entry.throttle, entry.timeout ?? 0) }),
    ...(entry.hedge && { hedge: hedgeSettings(entry.hedge, entry.retry?.budget !== undefined) }),
    ...(endpoints && { endpoints }),
    ...(entry.breaker && { breaker: breakerSettings(entry.breaker) }),
    ...(entry.limit && { limit: limitSettings(entry.limit) }),
    fallbacks: entry.fallback.length,
  };
}

function cacheSettings(entry: NonNullable<CallPolicyEntry['cache']>): CacheSettings {
  return {
    ttlMs: entry.ttl,
    jitter: entry.jitter,
    early: entry.early,
    staleWhileRevalidateMs: entry.staleWhileRevalidate,
    staleIfErrorMs: entry.staleIfError,
    negativeMs: entry.negative,
    singleFlight: entry.singleFlight,
    capacity: entry.capacity,
  };
}

function retrySettings(entry: RetryEntry): RetrySettings {
  const { backoff } = entry;
  return {
    attempts: entry.attempts,
    backoff: {
      baseMs: backoff.base,
      capMs: backoff.cap,
      factor: backoff.factor,
      jitter: backoff.jitter,
    },
    retryAfterMaxMs: entry.retryAfterMax,
    on: reasonsOf(entry.on),
    ...(entry.budget && { budget: budgetSettings(entry.budget) }),
  };
}

function reasonsOf(words: readonly string[]): ReadonlySet<Reason> {
  return new Set(words.map((word) => (reasonNames as readonly string[]).indexOf(word) as Reason));
}

interface BudgetEntry {
  readonly share: number;
  readonly floor?: number | undefined;
  readonly within: number;
  readonly bucket?: number | undefined;
  readonly failures?: number | undefined;
}

function budgetSettings(entry: BudgetEntry): BudgetSettings {
  return {
    share: entry.share,
    floorPerSecond: entry.floor ?? (entry.bucket === undefined ? 1 : 0),
    withinMs: entry.within,
    ...(entry.bucket !== undefined && { bucketTokens: entry.bucket }),
    ...(entry.failures !== undefined && { failureShareMax: entry.failures }),
  };
}

/** Hedges are always bounded: by the budget of the retries, or by one of their own. */
function hedgeSettings(
  { delay, most, budget }: NonNullable<CallPolicyEntry['hedge']>,
  isPaidByRetries: boolean,
): HedgeSettings {
  if (isPaidByRetries) return { delay, most };
  return { delay, most, budget: budgetSettings(budget ?? hedgeBudgetDefaults) };
}

function breakerSettings(entry: NonNullable<CallPolicyEntry['breaker']>): BreakerSettings {
  const { consecutive, slow } = entry;
  const isShareMeant = consecutive === undefined && slow === undefined;
  const failures = entry.failures ?? (isShareMeant ? 0.5 : undefined);
  return {
    ...(failures !== undefined && { failureShare: failures }),
    minimumCalls: entry.of,
    withinMs: entry.within,
    ...(consecutive !== undefined && { consecutiveFailures: consecutive }),
    ...(slow && { slow: { share: slow.share, overMs: slow.over } }),
    openMs: entry.open,
    openMaxMs: entry.openMax,
    probes: entry.probes,
  };
}

function limitSettings(entry: NonNullable<CallPolicyEntry['limit']>): LimitSettings {
  const { concurrency } = entry;
  const { limit, ...queue } = entry.queue;
  const { limit: _none, ...order } = queueSettings({ ...queue, limit: 0 });
  return { concurrency, queue: { ...order, ...(limit !== undefined && { limit }) } };
}

/** A window shorter than the timeout would forget an attempt before its answer. */
const timeoutsPerWindow = 2;
const shortestWindowMs = 30_000;

function throttleSettings(
  entry: NonNullable<CallPolicyEntry['throttle']>,
  timeoutMs: number,
): ThrottleSettings {
  return {
    k: entry.k,
    withinMs: entry.within ?? Math.max(shortestWindowMs, timeoutsPerWindow * timeoutMs),
    shareMax: entry.max,
    minimumPerSecond: entry.from,
    on: reasonsOf(entry.on),
  };
}

interface QueueEntry {
  readonly limit: number;
  readonly order: 'fifo' | 'lifo' | 'codel';
  readonly maxWait?: number | undefined;
  readonly target: number;
  readonly interval: number;
}

/** A queue as the engine and the services have it. */
export function queueSettings(entry: QueueEntry): QueueSettings {
  return {
    limit: entry.limit,
    order: entry.order,
    ...(entry.maxWait !== undefined && { maxWaitMs: entry.maxWait }),
    targetMs: entry.target,
    intervalMs: entry.interval,
  };
}
