import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { EdgeSample } from '../signals/run.ts';
import { buildWorld } from './build.ts';
import { NS_PER_MS } from '../model/chance/sampler.ts';
import { QUIET_MS, system } from './testing/systems.ts';

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function inAll(sample: EdgeSample): readonly number[] {
  const { offered, succeeded, fallback, failed, rejected } = sample;
  return [offered, succeeded, total(fallback), total(failed), total(rejected)];
}

/** The same, summed over the classes. */
function byClass({ classes }: EdgeSample): readonly number[] {
  const sums = [0, 0, 0, 0, 0];
  for (const { offered, succeeded, fallback, failed, rejected } of classes) {
    [offered, succeeded, fallback, failed, rejected].forEach((count, at) => (sums[at]! += count));
  }
  return sums;
}

describe('random systems', () => {
  it('settle every call exactly once, and hold nothing when the traffic has ended', () => {
    fc.assert(
      fc.property(system, fc.nat(), ({ model, scenario }, seed) => {
        const world = buildWorld(model, scenario, seed);
        world.runUntil(QUIET_MS * NS_PER_MS);
        expect(world.requests.inUse).toBe(0);
        expect(world.orphans).toBe(0);
        for (const replica of world.replicas) {
          const { inFlight, outstanding, line, cores } = replica;
          expect([inFlight, outstanding, line.length, cores.busy]).toEqual([0, 0, 0, 0]);
        }
        for (const edge of world.edges) {
          expect(edge.meter.inFlight.value).toBe(0);
          for (const engine of edge.engines) {
            expect([engine.inFlight, engine.queued]).toEqual([0, 0]);
          }
          expect(edge.meter.queue.value).toBe(0);
          const sample = edge.meter.flush(0, world.nowNs, edge.policyState());
          const settled =
            sample.succeeded +
            total(sample.failed) +
            total(sample.rejected) +
            total(sample.fallback);
          expect(settled).toBe(sample.offered);
          const of = (event: string): number => sample.cache[event] ?? 0;
          // Who had joined a flight that was shed for mattering less than they do fetches anew.
          const anew = of('recomputed') - of('miss') - of('refresh');
          expect(anew).toBeGreaterThanOrEqual(0);
          const callee = model.services[edge.model.to]!;
          const sheds = callee.admission !== undefined || edge.model.policy.admission !== undefined;
          if (!sheds) expect(anew).toBe(0);
          // The others ended before the cache: their deadline had passed, or there was a shutdown.
          const asked = ['hit', 'stale', 'kept', 'miss', 'joined', 'failed'].map(of);
          expect(asked.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(sample.offered);
          for (const { cached } of edge.engines) {
            expect(cached?.size ?? 0).toBeLessThanOrEqual(edge.model.policy.cache?.capacity ?? 0);
          }
          expect(sample.latency.count + sample.latencyFailed.count).toBe(sample.offered);
          if (edge.meter.classes !== undefined) expect(byClass(sample)).toEqual(inAll(sample));
        }
        for (const service of world.services) {
          expect(service.meter.inFlight.value).toBe(0);
          expect(service.meter.queue.value).toBe(0);
          expect(service.meter.computing.value).toBe(0);
        }
        expect(world.messages.inUse).toBe(0);
        for (const queue of world.queues) {
          const { meter } = queue;
          expect([meter.backlog.value, meter.inWork.value, queue.oldestMs()]).toEqual([0, 0, 0]);
          const sample = meter.flush(0, world.nowNs, 0);
          // One that was taken for lost can be both: a dead letter, and done after all.
          expect(sample.done + sample.deadLetters).toBeGreaterThanOrEqual(sample.published);
          expect(sample.done).toBeLessThanOrEqual(sample.published);
          expect(sample.delivered - sample.redelivered).toBe(sample.published);
          expect(sample.duplicates).toBeLessThanOrEqual(sample.redelivered);
        }
        for (const { meter } of world.rows) {
          expect([meter.held.value, meter.queue.value]).toEqual([0, 0]);
        }
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  it('never make more attempts than caps and budgets allow', () => {
    fc.assert(
      fc.property(system, fc.nat(), ({ model, scenario }, seed) => {
        const world = buildWorld(model, scenario, seed);
        world.runUntil(QUIET_MS * NS_PER_MS);
        for (const edge of world.edges) {
          const { retry, hedge, taskAttempts } = edge.model.policy;
          const { offered, attempts } = edge.meter.flush(0, world.nowNs, edge.policyState());
          const tries = retry?.attempts ?? 1 + (hedge?.most ?? 0);
          expect(attempts).toBeLessThanOrEqual(offered * tries);
          if (taskAttempts !== undefined) {
            expect(attempts).toBeLessThanOrEqual(offered * taskAttempts);
          }
          // Retries without a budget are bounded by their number alone.
          const budget = retry?.budget ?? (retry === undefined ? hedge?.budget : undefined);
          if (budget === undefined) continue;
          // Every caller may use its floor in each window that its calls can reach into.
          const seconds = QUIET_MS / 1000;
          const floor = budget.floorPerSecond * seconds * edge.engines.length;
          expect(attempts - offered).toBeLessThanOrEqual(budget.share * offered + floor);
        }
      }),
      { numRuns: 30, endOnFailure: true },
    );
  });
});
