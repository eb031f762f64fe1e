import * as fc from 'fast-check';
import { distributions, durations, factors, rates, shares } from './quantities.ts';
import type { Entry } from './services.ts';
import { admissions, queues } from './services.ts';

const backoff = fc.record(
  {
    base: durations(0, 100),
    cap: durations(100, 2000),
    factor: fc.oneof(fc.integer({ min: 1, max: 4 }), factors(1, 4)),
    jitter: fc.constantFrom('none', 'full', 'equal', 'decorrelated', 'smooth', '20%', '100%'),
  },
  { requiredKeys: [] },
);

const budget = fc.record(
  {
    share: shares(0, 1),
    floor: rates(10),
    within: durations(100, 20_000),
    bucket: fc.integer({ min: 1, max: 50 }),
    failures: shares(0, 1),
    shared: fc.boolean(),
  },
  { requiredKeys: [] },
);

const refusals = ['error', 'overloaded', 'reset', 'unreachable', 'timeout'];
const reasons = [...refusals, 'conflict'];
const retryKeys = {
  on: fc.subarray(reasons),
  backoff,
  retryAfterMax: durations(0, 30_000),
};
const attempts = fc.integer({ min: 1, max: 6 });

const retry = fc.oneof(
  attempts,
  fc.record({ attempts, ...retryKeys, budget }, { requiredKeys: [] }),
  fc.record(
    { attempts: fc.constant('unlimited'), ...retryKeys, budget },
    { requiredKeys: ['attempts', 'budget'] },
  ),
);

const breaker = fc.record(
  {
    failures: shares(0.01, 1),
    of: fc.integer({ min: 1, max: 50 }),
    within: durations(100, 20_000),
    consecutive: fc.integer({ min: 1, max: 20 }),
    slow: fc.record({ share: shares(0.01, 1), over: durations(1, 1000) }),
    open: durations(10, 5000),
    openMax: durations(5000, 60_000),
    probes: fc.integer({ min: 1, max: 10 }),
  },
  // Where it is left out, its default may be more than a longest time that is given.
  { requiredKeys: ['open'] },
);

const slots = fc.integer({ min: 1, max: 50 });
const adaptive = fc.oneof(
  fc.constant('adaptive'),
  fc.record({ min: slots, initial: fc.integer({ min: 50, max: 60 }), max: fc.constant(100) }),
);
const limit = fc.oneof(
  slots,
  fc.constant('adaptive'),
  fc.record(
    { concurrency: fc.oneof(slots, adaptive), queue: queues },
    { requiredKeys: ['concurrency'] },
  ),
);

const throttle = fc.oneof(
  fc.constant(true),
  fc.record(
    {
      k: fc.oneof(fc.integer({ min: 2, max: 4 }), factors(1.1, 4)),
      within: durations(5000, 20_000),
      max: shares(0, 0.99),
      from: rates(5),
      on: fc.subarray(refusals),
    },
    { requiredKeys: [] },
  ),
);

/** With keys of its own, so that something with a key always comes. */
const cache = fc.record(
  {
    ttl: durations(1, 20_000),
    jitter: shares(0, 1),
    early: fc.constantFrom(0, 1, 2.5),
    staleWhileRevalidate: durations(0, 5000),
    staleIfError: durations(0, 5000),
    negative: durations(0, 1000),
    singleFlight: fc.boolean(),
    capacity: fc.integer({ min: 1, max: 200 }),
    shared: fc.boolean(),
    keys: fc.record(
      { count: fc.integer({ min: 1, max: 300 }), zipf: fc.constantFrom(0, 0.9, 1, 2) },
      { requiredKeys: ['count'] },
    ),
    warm: fc.oneof(fc.boolean(), shares(0, 1)),
  },
  { requiredKeys: ['ttl', 'keys'] },
);

const profile = fc.constantFrom('same-zone', 'cross-zone', 'cross-region');
const networks = fc.oneof(
  profile,
  fc.record(
    {
      profile,
      latency: distributions,
      loss: shares(0, 0.3),
      newConnections: shares(0, 1),
      dnsSlow: shares(0, 0.5),
      dnsFails: shares(0, 0.5),
      slow: fc.record({
        every: durations(10, 3000),
        for: durations(10, 500),
        by: factors(1, 10),
      }),
    },
    { requiredKeys: [] },
  ),
);

/** A policy whose fallbacks may call some of the given services. */
export function policies(fallbackCallees: readonly string[]): fc.Arbitrary<Entry> {
  const answer = fc.record({ answer: distributions });
  const link =
    fallbackCallees.length === 0
      ? answer
      : fc.oneof(answer, fc.record({ call: fc.constantFrom(...fallbackCallees) }));
  const keys = {
    timeout: durations(1, 2000),
    taskAttempts: fc.integer({ min: 1, max: 20 }),
    propagate: fc.boolean(),
    cache,
    retry,
    throttle,
    balance,
    outliers,
    breaker,
    limit,
    fallback: fc.array(link, { maxLength: 2 }),
    network: networks,
  };
  const timed = { deadline: durations(200, 5000), fallbackReserve: durations(0, 100) };
  const entries: fc.Arbitrary<Entry> = fc.oneof(
    fc.record(keys, { requiredKeys: [] }),
    fc.record({ ...keys, admission: admissions }, { requiredKeys: ['limit', 'admission'] }),
    fc.record({ ...keys, ...timed }, { requiredKeys: ['deadline'] }),
  );
  return fc.tuple(entries, fc.option(hedge, { nil: undefined })).map(withHedge);
}

const balanceWord = fc.constantFrom(
  'peak-ewma',
  'round-robin',
  'random',
  'least-in-flight',
  'two-choices',
);
const balance = fc.oneof(
  balanceWord,
  fc.record(
    { by: balanceWord, decay: durations(10, 20_000), penalty: durations(0, 2000) },
    { requiredKeys: [] },
  ),
);

const judged = { of: fc.integer({ min: 1, max: 100 }), replicas: fc.integer({ min: 2, max: 5 }) };
const outliers = fc.oneof(
  fc.constant(true),
  fc.record(
    {
      consecutive: fc.integer({ min: 1, max: 10 }),
      interval: durations(100, 20_000),
      successRate: fc.record({ deviations: fc.constantFrom(0.5, 1.9), ...judged }),
      failures: fc.record({ share: shares(0.1, 1), ...judged }),
      eject: durations(10, 30_000),
      ejectMax: fc.constant('300s'),
      share: shares(0.01, 1),
    },
    { requiredKeys: [] },
  ),
);

// No fixed delay but 0 is shorter than every timeout.
const hedgeDelay = fc.constantFrom('p50', 'p95', 'p99.9', '0ms');
const hedgeKeys = { delay: hedgeDelay, most: fc.integer({ min: 1, max: 3 }) };
const hedgeBudget = fc.record(
  { share: shares(0, 1), floor: rates(10), within: durations(100, 20_000) },
  { requiredKeys: [] },
);
const hedge = fc.oneof(
  hedgeDelay,
  fc.record({ ...hedgeKeys, budget: hedgeBudget }, { requiredKeys: [] }),
);

/** Where retries leave a try for it, and one budget only. */
function withHedge([entry, given]: [Entry, Entry | string | undefined]): Entry {
  const { retry: tries } = entry as { retry?: number | { attempts?: unknown; budget?: unknown } };
  if (given === undefined) return entry;
  if (typeof tries !== 'object') return tries === 1 ? entry : { ...entry, hedge: given };
  if (tries.attempts === 1) return entry;
  if (typeof given === 'string' || tries.budget === undefined) return { ...entry, hedge: given };
  const { budget: _budget, ...rest } = given;
  return { ...entry, hedge: rest };
}
