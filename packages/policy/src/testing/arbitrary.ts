import * as fc from 'fast-check';
import { Reason } from '../call/reason.ts';
import type { CacheSettings } from '../cache/settings.ts';
import type {
  EndpointSettings,
  LimitQueueSettings,
  LimitSettings,
  OutlierSettings,
  PolicySettings,
} from '../call/settings.ts';
import type { Act } from './scripted-host.ts';

// Few different times, so that many things happen in the same instant.
const pauses = fc.constantFrom(0, 1, 2, 5, 10, 20, 50);
const durations = fc.constantFrom(1, 2, 5, 10, 20, 50);
const dependencyReasons = [Reason.error, Reason.overloaded, Reason.reset, Reason.timeout];

/** Something that happens to an engine from outside. */
export type Incident =
  | {
      readonly kind: 'start';
      readonly acts: readonly Act[];
      readonly links: readonly Act[];
      /** Takes a call that has settled, if there is one. */
      readonly reuse: boolean;
      /** What it asks a cache for. */
      readonly key?: number;
      /** What its task has left, in milliseconds. */
      readonly leftMs?: number;
    }
  /** The caller of this one leaves, counted from the last that started. */
  | { readonly kind: 'cancel'; readonly which: number }
  /** Endpoints come and go. */
  | { readonly kind: 'endpoints'; readonly ids: readonly number[] }
  | { readonly kind: 'shutdown' };

/** A policy, and what happens to it, each with the time since the one before in milliseconds. */
export interface Interleaving {
  readonly settings: PolicySettings;
  readonly incidents: readonly (readonly [number, Incident])[];
}

const act: fc.Arbitrary<Act> = fc.record(
  {
    afterMs: fc.constantFrom(-1, 0, 1, 2, 5, 10, 20, 50, Infinity),
    reason: fc.constantFrom(Reason.none, Reason.none, ...dependencyReasons, Reason.queueFull),
    retryAfterMs: pauses,
    lateMs: durations,
    callerLeaves: fc.constantFrom(false, false, false, true),
  },
  { requiredKeys: ['afterMs', 'reason'] },
);

export const acts: fc.Arbitrary<Act[]> = fc.array(act, { minLength: 1, maxLength: 4 });

const start = fc.record({
  kind: fc.constant('start' as const),
  acts,
  links: acts,
  reuse: fc.boolean(),
});
const cancel = fc.record({ kind: fc.constant('cancel' as const), which: fc.nat(5) });
const endpointsIncident = fc.record({
  kind: fc.constant('endpoints' as const),
  ids: fc.subarray([0, 1, 2, 3]),
});
const shutdown = fc.record({ kind: fc.constant('shutdown' as const) });

const incident: fc.Arbitrary<Incident> = fc.oneof(
  { weight: 20, arbitrary: start },
  { weight: 5, arbitrary: cancel },
  { weight: 1, arbitrary: endpointsIncident },
  { weight: 1, arbitrary: shutdown },
);

/**
 * Few keys and many answers, so that calls meet in flights and at old answers; without a key, it is
 * not cached.
 */
const incidentWithKey: fc.Arbitrary<Incident> = fc.oneof(
  { weight: 1, arbitrary: incident },
  {
    weight: 8,
    arbitrary: fc.record(
      {
        kind: fc.constant('start' as const),
        acts: fc.oneof(
          acts,
          fc.constantFrom(-1, 5, 20).map((afterMs) => [{ afterMs, reason: Reason.none }]),
        ),
        links: acts,
        reuse: fc.boolean(),
        key: fc.constantFrom(0, 0, 0, 1),
        leftMs: fc.constantFrom(5, 20),
      },
      { requiredKeys: ['kind', 'acts', 'links', 'reuse', 'key'] },
    ),
  },
);

const queue: fc.Arbitrary<LimitQueueSettings> = fc.record(
  {
    limit: fc.constantFrom(0, 1, 3, 10, Infinity),
    order: fc.constantFrom('fifo', 'lifo', 'codel'),
    maxWaitMs: durations,
    targetMs: fc.constantFrom(1, 5),
    intervalMs: fc.constantFrom(5, 20),
  },
  { requiredKeys: ['order', 'targetMs', 'intervalMs'] },
);

const limit: fc.Arbitrary<LimitSettings> = fc.record({
  concurrency: fc.constantFrom(1, 2, 4, { min: 1, max: 8, initial: 2 }),
  queue,
});

const budget = fc.record(
  {
    share: fc.constantFrom(0, 0.1, 0.5, 1),
    floorPerSecond: fc.constantFrom(0, 1, 20),
    withinMs: fc.constantFrom(50, 100),
    bucketTokens: fc.constantFrom(2, 5),
    failureShareMax: fc.constant(0.5),
  },
  { requiredKeys: ['share', 'floorPerSecond', 'withinMs'] },
);

const backoff = fc.record({
  baseMs: fc.constantFrom(0, 1, 10),
  capMs: fc.constant(50),
  factor: fc.constant(2),
  jitter: fc.constantFrom('none' as const, 'full' as const, 'smooth' as const, 0.2),
});

const retryFields = {
  attempts: fc.constantFrom(1, 2, 3, 5),
  retryAfterMaxMs: fc.constantFrom(5, 1000),
  on: fc.constant(new Set<Reason>([...dependencyReasons, Reason.queueFull])),
  backoff,
};

const breaker = fc.record(
  {
    failureShare: fc.constantFrom(0.5, 1),
    minimumCalls: fc.constantFrom(1, 4),
    withinMs: fc.constant(100),
    consecutiveFailures: fc.constantFrom(2, 3),
    slow: fc.constant({ share: 0.5, overMs: 10 }),
    openMs: fc.constantFrom(5, 20),
    openMaxMs: fc.constant(80),
    probes: fc.constantFrom(1, 2),
  },
  { requiredKeys: ['minimumCalls', 'withinMs', 'openMs', 'openMaxMs', 'probes'] },
);

const cache: fc.Arbitrary<CacheSettings> = fc.record({
  ttlMs: fc.constantFrom(1, 20, 100),
  jitter: fc.constantFrom(0, 0.1, 1),
  early: fc.constantFrom(0, 1, 3),
  staleWhileRevalidateMs: fc.constantFrom(0, 50, 200),
  staleIfErrorMs: fc.constantFrom(0, 50, 200),
  negativeMs: fc.constantFrom(0, 5, 20),
  singleFlight: fc.constantFrom(true, true, false),
  capacity: fc.constantFrom(1, 2, 10),
});

const throttle = fc.record({
  k: fc.constantFrom(1, 2),
  withinMs: fc.constantFrom(50, 200),
  shareMax: fc.constantFrom(0.5, 0.9),
  minimumPerSecond: fc.constantFrom(0, 20),
  on: fc.constantFrom(new Set<Reason>([Reason.overloaded]), new Set<Reason>(dependencyReasons)),
});
/** Short delays, so that most attempts are slower; the quantile is known after four. */
const hedge = fc.record(
  {
    delay: fc.constantFrom(0, 1, 2, 5, 10, { quantile: 0.5 }),
    most: fc.constantFrom(1, 1, 2, 3),
    budget,
  },
  { requiredKeys: ['delay', 'most'] },
);

const outliers: fc.Arbitrary<OutlierSettings> = fc.record({
  consecutiveFailures: fc.constantFrom(1, 2),
  intervalMs: fc.constantFrom(20, 100),
  successRate: fc.constant({ deviations: 1, requests: 2, endpoints: 2 }),
  failureShare: fc.constant({ share: 0.5, requests: 2, endpoints: 2 }),
  ejectMs: fc.constantFrom(5, 50),
  ejectMaxMs: fc.constant(100),
  shareMax: fc.constantFrom(0.34, 1),
});

const endpoints: fc.Arbitrary<EndpointSettings> = fc.record(
  {
    balance: fc.constantFrom('peak-ewma', 'round-robin', 'two-choices', 'least-in-flight'),
    decayMs: fc.constantFrom(10, 10_000),
    failurePenaltyMs: fc.constant(1000),
    outliers,
  },
  { requiredKeys: ['balance', 'decayMs', 'failurePenaltyMs'] },
);

const optionalFields = {
  deadlineMs: fc.constantFrom(0, 5, 20, 100),
  fallbackReserveMs: fc.constantFrom(0, 5),
  timeoutMs: fc.constantFrom(1, 5, 10, 20),
  taskAttempts: fc.constantFrom(0, 1, 2),
  admission: fc.constant({ targetMs: 1, intervalMs: 5 }),
  retry: fc.record(
    { ...retryFields, budget },
    { requiredKeys: ['attempts', 'retryAfterMaxMs', 'on', 'backoff'] },
  ),
  throttle,
  hedge,
  endpoints,
  breaker,
  limit,
  fallbacks: fc.constantFrom(0, 1, 3),
};

/** Any policy, each part there or not. */
export const settings: fc.Arbitrary<PolicySettings> = fc.record(optionalFields, {
  requiredKeys: [],
});

/** Any policy that has a limit, so that calls wait. */
const settingsWithLimit = fc.record(optionalFields, { requiredKeys: ['limit'] });

/** Any policy that has a budget. */
const settingsWithBudget = fc.record(
  { ...optionalFields, retry: fc.record({ ...retryFields, budget }) },
  { requiredKeys: ['retry'] },
);

/** Any policy that has a cache. */
const settingsWithCache = fc.record({ ...optionalFields, cache }, { requiredKeys: ['cache'] });

function interleavingOf(
  of: fc.Arbitrary<PolicySettings>,
  happening: fc.Arbitrary<Incident> = incident,
): fc.Arbitrary<Interleaving> {
  // As long as that: left to itself, fast-check makes lists of about ten.
  const length = { minLength: 1, maxLength: 25, size: 'max' } as const;
  const incidents = fc.array(fc.tuple(pauses, happening), length);
  return fc.record({ settings: of, incidents });
}

/** Any policy that hedges, and leaves room for it more often than not. */
const settingsWithHedge = fc.record(
  {
    ...optionalFields,
    hedge: fc.record(
      { delay: fc.constantFrom(0, 1, 2, 5), most: fc.constantFrom(1, 2), budget },
      { requiredKeys: ['delay', 'most'] },
    ),
    deadlineMs: fc.constantFrom(20, 100),
    timeoutMs: fc.constantFrom(5, 10, 50),
    taskAttempts: fc.constantFrom(2, 3),
    retry: fc.record({ ...retryFields, attempts: fc.constantFrom(2, 3, 5) }),
  },
  { requiredKeys: ['hedge'] },
);

export const interleaving: fc.Arbitrary<Interleaving> = interleavingOf(settings);
export const interleavingWithLimit: fc.Arbitrary<Interleaving> = interleavingOf(settingsWithLimit);
export const interleavingWithHedge: fc.Arbitrary<Interleaving> = interleavingOf(settingsWithHedge);
export const interleavingWithBudget: fc.Arbitrary<Interleaving> =
  interleavingOf(settingsWithBudget);
export const interleavingWithCache: fc.Arbitrary<Interleaving> = interleavingOf(
  settingsWithCache,
  incidentWithKey,
);
