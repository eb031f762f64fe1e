import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { EventQueue } from '../time/event-queue.ts';
import { type Cores, QueuedCores, SharedCores } from './cores.ts';
import { Tickets } from './tickets.ts';

interface Job {
  readonly atNs: number;
  readonly demandNs: number;
}

const jobs = fc.array(
  fc.record<Job>({
    atNs: fc.integer({ min: 0, max: 5000 }),
    demandNs: fc.integer({ min: 1, max: 1000 }),
  }),
  { minLength: 1, maxLength: 30 },
);

/** For at most as many requests as there are jobs. */
function computing(): Tickets {
  return new Tickets(64);
}

/** Runs jobs on cores and says when each is done. */
function finishTimes(cores: Cores, events: EventQueue, list: readonly Job[]): number[] {
  const ARRIVAL = 1000;
  const done = list.map(() => -1);
  list.forEach((job, index) => events.push(job.atNs, ARRIVAL + index));
  while (events.next()) {
    const { payload, sequence, timeNs } = events;
    if (payload >= ARRIVAL) {
      cores.add(payload - ARRIVAL, list[payload - ARRIVAL]!.demandNs, timeNs);
      continue;
    }
    const request = cores.finished(sequence, timeNs);
    if (request >= 0) done[request] = timeNs;
  }
  return done;
}

/** Processor sharing in steps of one nanosecond: slow, and obviously right. */
function sharedByTheBook(cores: number, list: readonly Job[]): number[] {
  const left = list.map((job) => job.demandNs);
  const done = list.map(() => -1);
  for (let now = 0; done.includes(-1); now++) {
    const active = list.flatMap((job, i) => (job.atNs <= now && done[i] === -1 ? [i] : []));
    const pace = Math.min(1, cores / active.length);
    for (const i of active) {
      left[i]! -= pace;
      if (left[i]! <= 1e-6) done[i] = now + 1;
    }
  }
  return done;
}

describe('SharedCores', () => {
  it('shares the cores equally', () => {
    fc.assert(
      fc.property(jobs, fc.integer({ min: 1, max: 4 }), (list, count) => {
        const events = new EventQueue();
        const done = finishTimes(new SharedCores(count, events, computing(), 0), events, list);
        const expected = sharedByTheBook(count, list);
        // The book moves in whole nanoseconds, and so falls behind by at most one a finish.
        for (const [i, time] of done.entries()) {
          expect(Math.abs(time - expected[i]!)).toBeLessThanOrEqual(list.length + 1);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('stands still while it is paused, and loses no work', () => {
    const events = new EventQueue();
    const cores = new SharedCores(1, events, computing(), 0);
    cores.add(7, 100, 0);
    cores.pause(40);
    cores.resume(1000);
    let done = -1;
    while (events.next())
      if (cores.finished(events.sequence, events.timeNs) === 7) done = events.timeNs;
    expect(done).toBe(1060);
  });
});

describe('QueuedCores', () => {
  it('works on as many as there are cores, in order', () => {
    fc.assert(
      fc.property(jobs, fc.integer({ min: 1, max: 4 }), (list, count) => {
        const events = new EventQueue();
        const done = finishTimes(new QueuedCores(count, events, 0), events, list);
        const order = list
          .map((_, i) => i)
          .toSorted((a, b) => list[a]!.atNs - list[b]!.atNs || a - b);
        const freeAt = Array.from({ length: count }, () => 0);
        for (const i of order) {
          freeAt.sort((a, b) => a - b);
          const start = Math.max(freeAt[0]!, list[i]!.atNs);
          freeAt[0] = start + list[i]!.demandNs;
          expect(done[i]).toBe(freeAt[0]);
        }
      }),
    );
  });

  it('goes on where it was after a pause', () => {
    const events = new EventQueue();
    const cores = new QueuedCores(1, events, 0);
    cores.add(1, 100, 0);
    cores.add(2, 50, 0);
    cores.pause(30);
    cores.resume(500);
    const done: number[] = [];
    while (events.next()) {
      if (cores.finished(events.sequence, events.timeNs) >= 0) done.push(events.timeNs);
    }
    expect(done).toEqual([570, 620]);
  });

  it('forgets a request that leaves, whether it waits or runs', () => {
    const events = new EventQueue();
    const cores = new QueuedCores(1, events, 0);
    cores.add(1, 100, 0);
    cores.add(2, 50, 0);
    cores.add(3, 10, 0);
    cores.remove(2, 20);
    cores.remove(1, 20);
    const done: number[] = [];
    while (events.next()) {
      const request = cores.finished(events.sequence, events.timeNs);
      if (request >= 0) done.push(request, events.timeNs);
    }
    expect(done).toEqual([3, 30]);
    expect(cores.busy).toBe(0);
  });
});
