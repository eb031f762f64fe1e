import { describe, expect, it } from 'vitest';

import type { LoadArrivals, LoadPlan } from '../plan.ts';
import type { LoadTask } from '../task.ts';
import { at, get, open, planTo } from '../testing/plan.ts';
import { feedOf } from './feed-of.ts';

/** The first tasks of a load made by so many threads, in order. */
function tasksOf(plan: LoadPlan, threads: number, count: number): readonly LoadTask[] {
  const all: LoadTask[] = [];
  for (let index = 0; index < threads; index++) {
    const feed = feedOf(plan, { index, count: threads });
    while (feed.nextMs < Infinity && all.length < (index + 1) * count) all.push(feed.take());
  }
  return all.toSorted((a, b) => a.number - b.number).slice(0, count);
}

describe.each<[string, LoadArrivals]>([
  ['Poisson', open(1000)],
  ['constant', open(1000, 'constant')],
  ['recorded', at([3, 4, 4, 5, 9, 12, 13], 2)],
])('%s arrivals', (_, arrivals) => {
  const plan = planTo(80, { arrivals, requests: [get('/a'), get('/b', { weight: 3 })] });

  it.each([2, 3, 8])('are the same with %i threads as with one', (threads) => {
    expect(tasksOf(plan, threads, 50)).toEqual(tasksOf(plan, 1, 50));
  });

  it('come in order, and are numbered', () => {
    const tasks = tasksOf(plan, 1, 50);
    expect(tasks.map(({ number }) => number)).toEqual(tasks.map((__, index) => index));
    const times = tasks.map(({ intendedMs }) => intendedMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });
});

describe('a closed loop', () => {
  const think = { kind: 'exponential', meanMs: 10 } as const;
  const arrivals = { kind: 'closed', users: 5, tasks: 2, think } as const;
  const plan = planTo(80, { arrivals });

  it('begins with the thinking of its users, and ends when they have had their tasks', () => {
    const feed = feedOf(plan, { index: 0, count: 1 });
    const users: number[] = [];
    let nowMs = 0;
    while (feed.nextMs < Infinity) {
      expect(feed.nextMs).toBeGreaterThanOrEqual(nowMs);
      nowMs = feed.nextMs;
      const task = feed.take();
      expect(task.intendedMs).toBe(nowMs);
      users.push(task.user);
      feed.settled(task, nowMs + 1);
    }
    expect(users.toSorted((a, b) => a - b)).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
    expect(users).not.toEqual(users.toSorted((a, b) => a - b));
  });

  it('waits for the answer', () => {
    const feed = feedOf(plan, { index: 0, count: 1 });
    const tasks = Array.from({ length: 5 }, () => feed.take());
    expect(feed.nextMs).toBe(Infinity);
    feed.settled(tasks[2]!, 1000);
    expect(feed.nextMs).toBeGreaterThan(1000);
    expect(feed.take().user).toBe(tasks[2]!.user);
  });

  it('has each user in one thread, thinking the same', () => {
    const thoughts = (threads: number): readonly (readonly number[])[] =>
      Array.from({ length: threads }, (_, index) => feedOf(plan, { index, count: threads }))
        .flatMap((feed) => {
          const tasks: LoadTask[] = [];
          while (feed.nextMs < Infinity) tasks.push(feed.take());
          return tasks.map(({ user, intendedMs }) => [user, intendedMs] as const);
        })
        .toSorted(([a], [b]) => a - b);
    expect(thoughts(3)).toEqual(thoughts(1));
  });
});
