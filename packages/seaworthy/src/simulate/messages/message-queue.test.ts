import { describe, expect, it } from 'vitest';

import type { MessageQueue } from '../../model/message-queue.ts';
import type { Model, Step } from '../../model/model.ts';
import type { QueueSample } from '../../signals/run.ts';
import { intervalFromJson, intervalToJson } from '../../signals/interval-json.ts';
import { constant, edge, model, scenario, service, source, wait } from '../testing/models.ts';
import { edgeTotals, run } from '../testing/totals.ts';

/** A message each 100 ms, from 100 ms to one second. */
const arrivals = {
  kind: 'open',
  spacing: 'constant',
  shape: [
    { atMs: 0, perSecond: 10, overMs: 0 },
    { atMs: 1001, perSecond: 0, overMs: 0 },
  ],
} as const;

const publish: Step = { kind: 'publish', queue: 0, probability: 1, optional: false };

function system(work: readonly Step[], change: Partial<MessageQueue> = {}): Model {
  const users = source(0, 10, { arrivals });
  const services = [service('shop', [publish]), service('worker', work)];
  const consumers = edge('users', 1, {}, { name: 'q', from: { kind: 'queue', index: 0 } });
  const plain = model(services, [edge('users', 0), consumers], users, 60_000);
  const queue: MessageQueue = {
    name: 'orders',
    edge: 1,
    consumers: 1,
    visibilityMs: Infinity,
    deliveries: Infinity,
    backoff: { baseMs: 0, capMs: 1000, factor: 2, jitter: 'none' },
    requeue: 'back',
    limit: Infinity,
    partitions: undefined,
    poisonShare: 0,
    ...change,
  };
  return { ...plain, queues: [queue] };
}

type Counts = Record<
  | 'published'
  | 'refused'
  | 'delivered'
  | 'redelivered'
  | 'expired'
  | 'done'
  | 'duplicates'
  | 'deadLetters',
  number
>;

function totals(some: Model): Counts & { readonly samples: readonly QueueSample[] } {
  const samples = run(some).intervals.map(({ queues }) => queues[0]!);
  const sum = (of: keyof Counts): number => samples.reduce((all, one) => all + one[of], 0);
  return {
    published: sum('published'),
    refused: sum('refused'),
    delivered: sum('delivered'),
    redelivered: sum('redelivered'),
    expired: sum('expired'),
    done: sum('done'),
    duplicates: sum('duplicates'),
    deadLetters: sum('deadLetters'),
    samples,
  };
}

const always: Step = { kind: 'fail', probability: 1 };

describe('a message queue', () => {
  it('tells who put how many messages into it, in the record as well', () => {
    const one = system([wait(constant(1))]);
    const locked: Step = { kind: 'lock', rows: 0, withinMs: Infinity, steps: [publish] };
    const fromTills = { name: 'to till', from: { kind: 'source', index: 1 } } as const;
    const both: Model = {
      ...one,
      services: [...one.services, service('till', [locked, publish])],
      rows: [{ name: 'stock', count: 1 }],
      edges: [...one.edges, edge('users', 2, {}, fromTills)],
      sources: [...one.sources, source(2, 10, { arrivals, name: 'tills' })],
    };
    const { header, intervals } = run(both);
    expect(header.publishersOfQueue).toEqual([['shop', 'till']]);
    const counts = intervals.map(({ queues }) => queues[0]!.publishedBy);
    const sum = (at: number): number => counts.reduce((all, each) => all + each[at]!, 0);
    expect([sum(0), sum(1)]).toEqual([10, 20]);
    const read = intervals.map((interval) =>
      intervalFromJson(intervalToJson(interval), header, 'interval'),
    );
    expect(read.map(({ queues }) => queues[0]!.publishedBy)).toEqual(counts);
  });

  it('lets the publisher go on at once, and its consumers work on the messages later', () => {
    const slow = system([wait(constant(250))]);
    const { done, samples } = totals(slow);
    expect(done).toBe(10);
    // The tenth message comes at 1000 ms, and is done when all ten have been worked on.
    expect(Math.max(...samples.map((one) => one.latency.max || 0))).toBeCloseTo(1600, -2);
    expect(Math.max(...samples.map((one) => one.backlogMax))).toBe(6);
    expect(edgeTotals(run(slow), 0).latency.max).toBe(0);
    expect(samples[0]!.oldestMs).toBeCloseTo(600, 6);
  });

  it('works on so many at once as it has consumers', () => {
    const { samples } = totals(system([wait(constant(250))], { consumers: 3 }));
    expect(Math.max(...samples.map((one) => one.backlogMax))).toBe(1);
    expect(samples[0]!.latency.max).toBe(250);
  });

  it('fails the publisher when it is full, unless that is optional', () => {
    const full = system([wait(constant(5000))], { limit: 2 });
    expect(totals(full)).toMatchObject({ published: 3, refused: 7 });
    expect(edgeTotals(run(full), 0).reasons).toEqual({ overloaded: 7 });
    const shop = service('shop', [{ ...publish, optional: true }]);
    const optional = { ...full, services: [shop, full.services[1]!] };
    expect(edgeTotals(run(optional), 0).succeeded).toBe(10);
  });

  it('delivers a message again that failed, after its back-off, up to the dead letters', () => {
    const backoff = { baseMs: 10_000, capMs: 60_000, factor: 1, jitter: 'none' } as const;
    const result = totals(system([always], { deliveries: 3, backoff }));
    expect(result).toMatchObject({ delivered: 30, redelivered: 20, done: 0, deadLetters: 10 });
    expect(result.samples.map((one) => one.delivered).slice(0, 2)).toEqual([9, 1]);
    expect(result.samples.slice(10, 12).map((one) => one.delivered)).toEqual([9, 1]);
    expect(result.samples[5]!.backlogMean).toBeCloseTo(10, 9);
    expect(result.samples[25]!.oldestMs).toBe(0);
  });

  it('delivers a message again whose delivery takes too long, for as long as they all do', () => {
    const late = { consumers: 100, visibilityMs: 200, deliveries: 2 };
    const slow = totals(system([wait(constant(250))], late));
    // Done twice each, and dead letters all the same: no success was in time.
    expect(slow).toMatchObject({ delivered: 20, expired: 20, deadLetters: 10 });
    expect(slow).toMatchObject({ done: 10, duplicates: 10 });
  });

  it('takes a late success for one, as long as the message has not been delivered again', () => {
    const slow = totals(system([wait(constant(90))], { consumers: 1, visibilityMs: 80 }));
    expect(slow).toMatchObject({ delivered: 10, expired: 10, done: 10, duplicates: 0 });
  });

  it('puts a message that comes back behind the others, or before them', () => {
    const poison = { poisonShare: 0.2, deliveries: 40 };
    const back = totals(system([wait(constant(50))], poison));
    const front = totals(system([wait(constant(50))], { ...poison, requeue: 'front' }));
    expect(back.deadLetters).toBe(front.deadLetters);
    expect(back.deadLetters).toBeGreaterThan(0);
    const middle = (one: typeof back): number => one.samples[1]!.done + one.samples[0]!.done;
    expect(middle(back)).toBe(back.done);
    expect(middle(front)).toBeLessThan(front.done);
  });

  it('blocks what is behind a message of the same partition', () => {
    const backoff = { baseMs: 10_000, capMs: 10_000, factor: 1, jitter: 'none' } as const;
    const poison = { poisonShare: 0.2, deliveries: 2, backoff, consumers: 10 };
    const free = totals(system([wait(constant(50))], poison));
    const ordered = totals(system([wait(constant(50))], { ...poison, partitions: 1 }));
    expect(ordered).toMatchObject({ done: free.done, deadLetters: free.deadLetters });
    expect(free.samples[0]!.done + free.samples[1]!.done).toBe(free.done);
    expect(ordered.samples[0]!.done + ordered.samples[1]!.done).toBeLessThan(free.done);
    // One after the other, however many consumers there are.
    expect(Math.max(...ordered.samples.map((one) => one.inWorkMean))).toBeLessThanOrEqual(1);
  });

  it('gets poison from a fault, as long as it lasts', () => {
    const faulty = system([wait(constant(1))], { deliveries: 1 });
    const poison = scenario({ kind: 'poison', queue: 0, share: 1, atMs: 350, forMs: 300 });
    const samples = run(faulty, poison).intervals.map(({ queues }) => queues[0]!);
    expect(samples[0]).toMatchObject({ done: 6, deadLetters: 3 });
  });

  it('does not turn round and round at one instant while the breaker of its consumers is open', () => {
    const breaker = {
      consecutiveFailures: 1,
      minimumCalls: 1,
      withinMs: 10_000,
      openMs: 1000,
      openMaxMs: 1000,
      probes: 1,
    };
    const some = system([always]);
    const edges = some.edges.map((one, index) =>
      index === 1 ? { ...one, policy: { breaker } } : one,
    );
    const { delivered } = totals({ ...some, edges });
    // Each of the ten once in a millisecond at most.
    expect(delivered).toBeGreaterThan(10_000);
    expect(delivered).toBeLessThan(60_000 * 10);
  });
});
