import { Reason } from '@seaworthy/policy/engine';
import type { PolicySettings } from '@seaworthy/policy/engine';
import * as fc from 'fast-check';

import type {
  Distribution,
  Edge,
  EdgeCache,
  Model,
  Scenario,
  Service,
  Source,
  Step,
  Target,
} from '../../model/model.ts';
import { endpoints } from './endpoints.ts';
import { autoscaler, memories, rollout } from './lifecycles.ts';
import { constant, edge, type FaultCase, model, scenario, service, source } from './models.ts';
import { messageQueue, withQueue } from './message-queues.ts';

/**
 * Traffic stops here. What is left after it is longer than anything a generated system does: ten
 * retransmissions.
 */
const TRAFFIC_ENDS_MS = 4000;
export const QUIET_MS = 500_000;

const time: fc.Arbitrary<Distribution> = fc.oneof(
  fc.integer({ min: 0, max: 100 }).map(constant),
  fc.integer({ min: 1, max: 60 }).map((meanMs) => ({ kind: 'exponential', meanMs }) as const),
);

const queue = fc.record({
  limit: fc.constantFrom(0, 1, 10, Infinity),
  order: fc.constantFrom('fifo', 'lifo', 'codel'),
  maxWaitMs: fc.constantFrom(20, 500, 2000),
  targetMs: fc.constant(5),
  intervalMs: fc.constant(100),
});

const budget = fc.record({
  share: fc.constantFrom(0, 0.1, 0.5),
  floorPerSecond: fc.constantFrom(0, 1, 5),
  withinMs: fc.constant(10_000),
});

const retry: fc.Arbitrary<NonNullable<PolicySettings['retry']>> = fc
  .record({
    attempts: fc.integer({ min: 1, max: 4 }),
    baseMs: fc.constantFrom(0, 10, 50),
    jitter: fc.constantFrom('none', 'full', 'decorrelated'),
    budget: fc.option(budget, { nil: undefined }),
  })
  .map(({ attempts, baseMs, jitter, budget: some }) => ({
    attempts,
    backoff: { baseMs, capMs: 1000, factor: 2, jitter },
    retryAfterMaxMs: 30_000,
    on: new Set([
      Reason.error,
      Reason.overloaded,
      Reason.reset,
      Reason.unreachable,
      Reason.timeout,
    ]),
    ...(some === undefined ? {} : { budget: some }),
  }));

const breaker: fc.Arbitrary<NonNullable<PolicySettings['breaker']>> = fc.record({
  failureShare: fc.constantFrom(0.2, 0.5),
  minimumCalls: fc.constantFrom(1, 10),
  withinMs: fc.constant(5000),
  openMs: fc.constantFrom(100, 2000),
  openMaxMs: fc.constant(10_000),
  probes: fc.integer({ min: 1, max: 3 }),
});

const hedge: fc.Arbitrary<NonNullable<PolicySettings['hedge']>> = fc
  .record({
    delay: fc.constantFrom(0, 20, { quantile: 0.5 }, { quantile: 0.95 }),
    most: fc.integer({ min: 1, max: 2 }),
    budget: fc.option(budget, { nil: undefined }),
  })
  .map(({ budget: some, ...rest }) => ({
    ...rest,
    ...(some === undefined ? {} : { budget: some }),
  }));
const cache: fc.Arbitrary<NonNullable<PolicySettings['cache']>> = fc.record({
  ttlMs: fc.constantFrom(50, 1000),
  jitter: fc.constantFrom(0, 0.1),
  early: fc.constantFrom(0, 1),
  staleWhileRevalidateMs: fc.constantFrom(0, 500),
  staleIfErrorMs: fc.constantFrom(0, 1000),
  negativeMs: fc.constantFrom(0, 100),
  singleFlight: fc.boolean(),
  capacity: fc.constantFrom(2, 100),
});

const edgeCache: fc.Arbitrary<EdgeCache> = fc.record({
  shared: fc.boolean(),
  keys: fc.constantFrom(undefined, { count: 5, zipf: 1 }),
  warmShare: fc.constantFrom(0, 1),
});

/** Every call has a timeout: without one, a call into a black hole would never settle. */
const policy: fc.Arbitrary<PolicySettings> = fc
  .record({
    timeoutMs: fc.constantFrom(50, 300, 1000),
    deadlineMs: fc.constantFrom(200, 2000, undefined),
    taskAttempts: fc.constantFrom(undefined, undefined, 2, 5),
    admission: fc.constantFrom(undefined, { targetMs: 5, intervalMs: 100 }),
    retry: fc.option(retry, { nil: undefined }),
    hedge: fc.option(hedge, { nil: undefined }),
    endpoints: fc.option(endpoints, { nil: undefined }),
    breaker: fc.option(breaker, { nil: undefined }),
    cache: fc.option(cache, { nil: undefined }),
    limit: fc.option(fc.record({ concurrency: fc.integer({ min: 1, max: 10 }), queue }), {
      nil: undefined,
    }),
    fallbacks: fc.constantFrom(0, 0, 1),
  })
  .map((settings) => {
    const given = Object.entries(settings).filter(([, value]) => value !== undefined);
    return Object.fromEntries(given);
  });

interface Place {
  readonly policy: PolicySettings;
  readonly cache: EdgeCache;
  readonly service: Omit<Service, 'name' | 'steps' | 'slowdown' | 'pauses'>;
  readonly time: Distribution;
  readonly cpu: Distribution;
  readonly parallel: boolean;
  readonly failing: number;
  readonly propagate: boolean;
  readonly latency: Distribution;
  readonly connections: Edge['network']['connections'];
  readonly locking: 'none' | 'around' | 'within' | 'versions';
}

const place: fc.Arbitrary<Place> = fc.record({
  policy,
  cache: edgeCache,
  service: fc.record({
    replicas: fc.array(
      fc.record({
        concurrency: fc.constantFrom(1, 4, Infinity),
        cores: fc.constantFrom(1, 2),
        speed: fc.constantFrom(1, 0.5),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    balance: fc.constantFrom('round-robin', 'random', 'least-in-flight', 'two-choices'),
    queue,
    scheduling: fc.constantFrom('shared', 'fifo'),
    abandoned: fc.constantFrom('served', 'cancelled'),
    startUp: fc.record({
      readyAfter: fc.constantFrom(constant(0), constant(300)),
      slower: fc.constantFrom(1, 3),
      warmUpMs: fc.constant(500),
    }),
    graceMs: fc.constantFrom(0, 100, 1000),
    memory: fc.option(memories(time), { nil: undefined }),
    autoscale: fc.option(autoscaler, { nil: undefined }),
    admission: fc.constantFrom(undefined, { targetMs: 5, intervalMs: 100 }),
  }),
  time,
  cpu: time,
  parallel: fc.boolean(),
  failing: fc.constantFrom(0, 0, 0.2),
  propagate: fc.boolean(),
  latency: fc.constantFrom(constant(0), constant(3)),
  connections: fc.constantFrom(
    undefined,
    undefined,
    { share: 0.2, dnsSlow: 0, dnsFails: 0 },
    { share: 0.5, dnsSlow: 0.2, dnsFails: 0.2 },
  ),
  locking: fc.constantFrom('none', 'around', 'within', 'versions'),
});

const target: fc.Arbitrary<Target> = fc
  .constantFrom(0, 1, 2)
  .chain((index) =>
    fc.constantFrom<Target>(
      { kind: 'service', index, replicas: undefined },
      { kind: 'service', index, replicas: [0] },
      { kind: 'edge', index },
    ),
  );

const fault = fc
  .record({
    kind: fc.constantFrom(
      'slow',
      'fail',
      'blackhole',
      'reset',
      'loss',
      'capacity',
      'kill',
      'pause',
    ),
    target,
    atMs: fc.integer({ min: 0, max: 3000 }),
    forMs: fc.integer({ min: 1, max: 2000 }),
    share: fc.constantFrom(0.3, 1),
  })
  .map((drawn) => ({ ...drawn, factor: 5, addsMs: 20 }));

/** A chain of three services with random policies, queues and faults, and traffic that ends. */
export const system: fc.Arbitrary<{ readonly model: Model; readonly scenario: Scenario }> = fc
  .record({
    places: fc.tuple(place, place, place),
    messages: fc.option(messageQueue, { nil: undefined }),
    perSecond: fc.integer({ min: 1, max: 100 }),
    clients: fc.constantFrom(1, 7),
    criticality: fc.constantFrom([0, 0, 1, 0], [0.5, 0, 0.25, 0.25]),
    faults: fc.array(fc.oneof({ arbitrary: fault, weight: 3 }, rollout), { maxLength: 3 }),
  })
  .map(({ places, messages, perSecond, clients, criticality, faults }) => ({
    model: withQueue(chain(places, perSecond, { clients, criticality }), messages),
    scenario: scenario(...(faults as FaultCase[])),
  }));

function chain(places: readonly Place[], perSecond: number, users: Partial<Source>): Model {
  const services = places.map((one, index) =>
    service(`s${index}`, steps(one, index, places.length), one.service),
  );
  const edges = places.map((one, index): Edge => {
    const fallbacks =
      one.policy.fallbacks === 1 ? [{ kind: 'answer', time: one.time } as const] : [];
    const { propagate, latency, connections } = one;
    const network = { latency, loss: 0, connections, spells: undefined };
    const change = { propagate, fallbacks, network, cache: one.cache };
    return edge(index === 0 ? 'users' : index - 1, index, one.policy, change);
  });
  const shape = [
    { atMs: 0, perSecond, overMs: 0 },
    { atMs: TRAFFIC_ENDS_MS, perSecond: 0, overMs: 0 },
  ];
  const keys = { count: 20, zipf: 0.9 };
  const arrivals = { kind: 'open', spacing: 'poisson', shape } as const;
  const asked = { arrivals, keys, ...users };
  const rowless = model(services, edges, source(0, perSecond, asked), QUIET_MS);
  // In the order of the chain, so that locks nest.
  return { ...rowless, rows: places.map((_, index) => ({ name: `r${index}`, count: index + 1 })) };
}

function steps(one: Place, index: number, count: number): Step[] {
  const all = unlocked(one, index, count);
  const rows = index;
  if (one.locking === 'versions') return [{ kind: 'read', rows }, ...all, { kind: 'write', rows }];
  if (one.locking !== 'around') return all;
  return [{ kind: 'lock', rows, withinMs: Infinity, steps: all }];
}

function unlocked(one: Place, index: number, count: number): Step[] {
  const own: Step[] = [
    { kind: 'cpu', demand: one.cpu },
    one.locking === 'within'
      ? { kind: 'lock', rows: index, withinMs: 100, steps: [{ kind: 'wait', time: one.time }] }
      : { kind: 'wait', time: one.time },
    { kind: 'fail', probability: one.failing },
  ];
  if (index + 1 === count) return own;
  const next: Step = { kind: 'call', edge: index + 1, probability: 0.9, optional: one.parallel };
  // Two calls of one request compete for the same limit.
  const twice = [[next], [{ ...next, optional: false }]];
  return one.parallel ? [{ kind: 'together', branches: [own, ...twice] }] : [...own, next];
}
