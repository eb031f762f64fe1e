import { stream, type RandomStream } from '@seaworthy/policy/engine';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { exponential } from '../../model/chance/ziggurat.ts';
import { findKnee, type FoundKnee } from './find-knee.ts';
import type { StepReading } from './step.ts';

/** An M/M/c: its capacity is known, servers over mean service time. */
interface Queue {
  readonly servers: number;
  readonly meanMs: number;
  /** How often a step is disturbed by a pause of 150 ms, as a busy machine has them. */
  readonly hiccups: number;
}

const capacityOf = ({ servers, meanMs }: Queue): number => (servers / meanMs) * 1000;

/** One step from empty, task by task: who comes next is served by who is free first. */
function stepOn(
  queue: Queue,
  ratePerSecond: number,
  forMs: number,
  chance: RandomStream,
): StepReading {
  const { servers, meanMs } = queue;
  const free = Array.from({ length: servers }, () => 0);
  const hiccupAt = chance.next() < queue.hiccups ? chance.next() * forMs : Infinity;
  const spans: { from: number; to: number }[] = [];
  for (let at = exponential(chance) * (1000 / ratePerSecond); at < forMs;) {
    const server = free.indexOf(Math.min(...free));
    let begin = Math.max(at, free[server]!);
    if (begin >= hiccupAt && begin < hiccupAt + 150) begin = hiccupAt + 150;
    free[server] = begin + exponential(chance) * meanMs;
    spans.push({ from: at, to: free[server] });
    at += exponential(chance) * (1000 / ratePerSecond);
  }
  const done = spans.filter((span) => span.to <= forMs);
  const overlap = spans.map((span) => Math.min(span.to, forMs) - Math.max(span.from, forMs * 0.8));
  return {
    ratePerSecond,
    forMs,
    offered: spans.length,
    failed: 0,
    meanMs: done.reduce((sum, span) => sum + span.to - span.from, 0) / done.length,
    inFlightAtEnd: overlap.reduce((sum, ms) => sum + Math.max(0, ms), 0) / (forMs * 0.2),
    generatorLate: false,
  };
}

function find(queue: Queue, seed: number): Promise<FoundKnee> {
  const chance = stream(seed, 'knee', 'steps');
  const settings = { from: 10, most: 20_000, precision: 0.05, sharpenMax: 16 };
  const drive = async (rate: number, forMs: number): Promise<StepReading> =>
    stepOn(queue, rate, forMs, chance);
  return findKnee(drive, settings, queue.meanMs, () => true);
}

const queues = fc.record({
  servers: fc.integer({ min: 1, max: 30 }),
  meanMs: fc.double({ min: 2, max: 60, noNaN: true }),
  hiccups: fc.constantFrom(0, 0.1),
});
const usual = queues.filter((queue) => capacityOf(queue) > 40 && capacityOf(queue) < 1500);

describe('the search for the knee', () => {
  it('finds the capacity of an M/M/c within 20 %, and dares no more than 2.6 times of it', () =>
    fc.assert(
      fc.asyncProperty(usual, fc.integer({ min: 1, max: 1e6 }), async (queue, seed) => {
        const { knee, steps } = await find(queue, seed);
        const capacity = capacityOf(queue);
        expect(knee.kind).toBe('found');
        if (knee.kind !== 'found') return;
        expect(Math.abs(knee.at / capacity - 1)).toBeLessThan(0.2);
        expect(knee.low).toBeLessThanOrEqual(knee.at);
        expect(knee.high).toBeGreaterThanOrEqual(knee.at);
        const highest = Math.max(...steps.map((step) => step.ratePerSecond));
        // The climb doubles, and takes one more careful stride where luck held it.
        expect(highest).toBeLessThan(2.6 * capacity);
      }),
      { numRuns: 15, endOnFailure: true },
    ));
});
