import * as fc from 'fast-check';
import { distributions, durations, factors, shares, sizes } from './quantities.ts';

/** A service or a step as a file has it. */
export type Entry = Record<string, unknown>;

const slots = fc.oneof(fc.integer({ min: 1, max: 64 }), fc.constant('unlimited'));

const replica = fc.record(
  { concurrency: slots, cores: fc.integer({ min: 1, max: 4 }), speed: shares(0.1, 2) },
  { requiredKeys: [] },
);

/** A queue of a service or a limit. */
export const queues = fc.record(
  {
    limit: fc.oneof(fc.integer({ min: 0, max: 128 }), fc.constant('unlimited')),
    order: fc.constantFrom('fifo', 'lifo', 'codel'),
    maxWait: durations(1, 2000),
    target: durations(1, 20),
    interval: durations(20, 200),
  },
  { requiredKeys: [] },
);

/** At the door of a service, or of a caller. */
export const admissions = fc.record(
  { target: durations(1, 100), interval: durations(50, 2000) },
  { requiredKeys: [] },
);

/** Nobody waits at a door without slots. */
function withSlots(entry: Entry): Entry {
  if (!('admission' in entry) || typeof entry['concurrency'] === 'number') return entry;
  return { ...entry, concurrency: 8 };
}

function calls(callees: readonly string[]): fc.Arbitrary<Entry> {
  const callee = fc.constantFrom(...callees);
  const detailed = fc.record(
    {
      to: callee,
      probability: shares(0.1, 1),
      times: fc.integer({ min: 1, max: 3 }),
      optional: fc.boolean(),
    },
    { requiredKeys: ['to'] },
  );
  return fc.record({ call: fc.oneof(callee, detailed) });
}

/** The message queue of every generated file. */
export const QUEUE = 'queue';

/** That queue, which calls the given service. */
export function queueTo(to: string): fc.Arbitrary<Entry> {
  return fc.record(
    {
      to: fc.constant(to),
      consumers: fc.integer({ min: 1, max: 5 }),
      visibility: fc.oneof(durations(10, 2000), fc.constant('unlimited')),
      deliveries: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constant('unlimited')),
      backoff: fc.record({ base: durations(1, 100), jitter: fc.constantFrom('none', 'full') }),
      requeue: fc.constantFrom('back', 'front'),
      limit: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.constant('unlimited')),
      partitions: fc.integer({ min: 1, max: 4 }),
      poison: shares(0, 0.1),
    },
    { requiredKeys: ['to'] },
  );
}

const publications = fc.oneof(
  fc.constant(QUEUE),
  fc.record({ to: fc.constant(QUEUE), probability: shares(0.1, 1), optional: fc.boolean() }),
);

/** The rows of every generated file. */
export const rows = { accounts: 3, counter: { count: 1 } };

/**
 * Locks of one kind of rows only, and without calls in them: those could lock the rows once more.
 */
const locks: fc.Arbitrary<Entry> = fc.record(
  {
    lock: fc.constantFrom(...Object.keys(rows)),
    within: durations(1, 1000),
    for: fc.array(fc.record({ wait: distributions }), { maxLength: 2 }),
  },
  { requiredKeys: ['lock', 'for'] },
);

function steps(callees: readonly string[], publishes: boolean): fc.Arbitrary<Entry[]> {
  const work: fc.Arbitrary<Entry>[] = [
    fc.record({ cpu: distributions }),
    fc.record({ wait: distributions }),
    fc.record({ fail: shares(0.001, 0.2) }),
    locks,
    ...(publishes ? [fc.record({ publish: publications })] : []),
    fc.constant({ together: [[{ read: 'counter' }, { wait: '5ms' }, { write: 'counter' }]] }),
  ];
  const single = fc.oneof(...work, ...(callees.length > 0 ? [calls(callees)] : []));
  const branch = fc.oneof(single, fc.array(single, { maxLength: 2 }));
  const together = fc.record({ together: fc.array(branch, { minLength: 1, maxLength: 3 }) });
  const any = fc.oneof({ arbitrary: single, weight: 6 }, { arbitrary: together, weight: 1 });
  return fc.array(any, { maxLength: 4 });
}

/** A service that calls some of the given ones. */
export function services(callees: readonly string[], publishes: boolean): fc.Arbitrary<Entry> {
  const entries = fc.record(
    {
      replicas: fc.oneof(
        fc.integer({ min: 1, max: 4 }),
        fc.array(replica, { minLength: 1, maxLength: 4 }),
      ),
      concurrency: slots,
      cores: fc.integer({ min: 1, max: 4 }),
      scheduling: fc.constantFrom('shared', 'fifo'),
      queue: queues,
      balance: fc.constantFrom('round-robin', 'random', 'least-in-flight', 'two-choices'),
      abandoned: fc.constantFrom('served', 'cancelled'),
      admission: admissions,
      slowdown: fc.record({ 0: factors(1, 1), 10: factors(1, 2), 100: factors(2, 4) }),
      pauses: fc.array(fc.record({ every: durations(1000, 5000), for: durations(1, 300) }), {
        maxLength: 2,
      }),
      memory: fc.record(
        {
          heap: sizes(100_000, 200_000),
          live: sizes(10_000, 90_000),
          garbage: sizes(100, 5000),
          perRequest: sizes(0, 5000),
          leak: sizes(0, 100),
          pause: distributions,
        },
        { requiredKeys: ['heap', 'live', 'garbage', 'pause'] },
      ),
      start: fc.record(
        {
          readyAfter: fc.oneof(durations(0, 2000), distributions),
          slower: fc.oneof(fc.integer({ min: 1, max: 4 }), factors(1, 4)),
          warmUp: durations(1, 3000),
        },
        { requiredKeys: [] },
      ),
      autoscale: fc.record(
        {
          max: fc.integer({ min: 4, max: 8 }),
          inFlight: fc.integer({ min: 1, max: 20 }),
          every: durations(500, 5000),
          stabilization: durations(0, 10_000),
          tolerance: shares(0, 0.5),
        },
        { requiredKeys: ['max', 'inFlight'] },
      ),
      grace: durations(0, 2000),
      steps: steps(callees, publishes),
    },
    { requiredKeys: ['steps'] },
  );
  return entries.map(withSlots);
}

/** The services that the steps of an entry call. */
export function calleesOf(entry: unknown): readonly string[] {
  if (Array.isArray(entry)) return [...new Set(entry.flatMap(calleesOf))];
  if (typeof entry !== 'object' || entry === null) return [];
  const { call, together, steps: own } = entry as Entry;
  if (typeof call === 'string') return [call];
  if (typeof call === 'object' && call !== null) return [String((call as Entry)['to'])];
  return calleesOf(own ?? together);
}
