import { describe, expect, it } from 'vitest';

import { readModel } from '../../model/read.ts';
import type { FollowedCall, FollowedTask } from '../../signals/followed-task.ts';
import type { Run } from '../../signals/run.ts';
import { simulate } from '../simulate.ts';

function runOf(text: string, seed = 1): Run {
  const { model } = readModel(`seaworthy: 1\nname: test\n${text}`, 'test.yaml', {});
  return simulate(model, { scenario: model.scenarios[0], seed, replication: 0 });
}

function tasksOf(run: Run, why: FollowedTask['why']): readonly FollowedCall[] {
  return (run.tasks ?? []).filter((task) => task.why === why).map(({ call }) => call);
}

/** Everything takes as long as it says. */
const chain = (store: string): string => `
run: { for: 60s, warmUp: 5s }
services:
  web: { steps: [{ wait: { constant: 10ms } }, { call: store }, { wait: { constant: 5ms } }] }
  store: ${store}
calls:
  web -> store:
    timeout: 100ms
    retry: { attempts: 2, backoff: { base: 50ms, cap: 50ms, jitter: none } }
traffic: { people: { to: web, rate: 50/s } }`;

describe('a task that is followed', () => {
  it('tells where it spent its time, call by call', () => {
    const run = runOf(chain('{ steps: [{ wait: { constant: 20ms } }] }'));
    const [task] = tasksOf(run, 'typical');
    const [outer] = task!.attempts;
    const [inner] = outer!.calls;
    const at = (ms: number | undefined): number => Math.round((ms! - task!.startMs) * 1000) / 1000;
    expect([run.header.edges[task!.edge], at(task!.endMs), task!.outcome]).toEqual([
      'people -> web',
      35,
      'succeeded',
    ]);
    expect([at(outer!.arrivedMs), at(outer!.workMs), at(outer!.doneMs)]).toEqual([0, 0, 35]);
    expect([run.header.edges[inner!.edge], at(inner!.startMs), at(inner!.endMs)]).toEqual([
      'web -> store',
      10,
      30,
    ]);
  });

  it('has each of its attempts, what they waited for, and what went on for nobody', () => {
    const run = runOf(chain('{ steps: [{ wait: { constant: 130ms } }] }'));
    const [task] = tasksOf(run, 'failed');
    const [inner] = task!.attempts[0]!.calls;
    expect(inner).toMatchObject({ outcome: 'failed', reason: 'timeout' });
    const times = inner!.attempts.map(({ startMs, endMs, doneMs, reason }) =>
      [startMs, endMs!, doneMs!]
        .map((ms): unknown => Math.round(ms - inner!.startMs))
        .concat(reason),
    );
    expect(times).toEqual([
      [0, 100, 130, 'timeout'],
      [150, 250, 280, 'timeout'],
    ]);
  });

  it('waits for a slot of the callee apart from being worked on', () => {
    const run = runOf(chain('{ concurrency: 1, steps: [{ wait: { exponential: 15ms } }] }'));
    const slowest = tasksOf(run, 'slowest').map((task) => task.attempts[0]!.calls[0]!.attempts[0]!);
    expect(slowest.every(({ arrivedMs, workMs }) => workMs! > arrivedMs!)).toBe(true);
  });

  it('is one of few, the same for the same seed, and none of before the run counts', () => {
    const store = '{ concurrency: 1, steps: [{ wait: { exponential: 10ms } }] }';
    const [one, again, other] = [runOf(chain(store)), runOf(chain(store)), runOf(chain(store), 2)];
    expect(again.tasks).toEqual(one.tasks);
    expect(other.tasks).not.toEqual(one.tasks);
    const starts = one.tasks!.map(({ call }) => call.startMs);
    expect(starts).toEqual(starts.toSorted((left, right) => left - right));
    expect(starts.length).toBeGreaterThan(5);
    expect(starts.length).toBeLessThanOrEqual(40);
    expect(Math.min(...starts)).toBeGreaterThanOrEqual(5000);
  });

  it('goes on in the fallback and in the hedge', () => {
    const run = runOf(`
run: { for: 60s, warmUp: 5s }
services:
  web: { steps: [{ call: store }] }
  store: { steps: [{ wait: { exponential: 30ms } }, { fail: 30% }] }
  copy: { steps: [{ wait: { constant: 3ms } }] }
calls:
  web -> store:
    hedge: { delay: 20ms, budget: { share: 100%, floor: 1000/s } }
    fallback: [{ call: copy }]
traffic: { people: { to: web, rate: 100/s } }`);
    const calls = run.tasks!.map(({ call }) => call.attempts[0]!.calls[0]!);
    const fallen = calls.find(({ outcome }) => outcome === 'fallback');
    expect(run.header.edges[fallen!.fallback!.edge]).toBe('web -> copy');
    expect(fallen!.fallback).toMatchObject({ outcome: 'succeeded', attempts: [{ replica: 0 }] });
    const hedged = calls.find(({ attempts }) => attempts.length > 1);
    expect(hedged!.attempts.map(({ isHedge }) => isHedge)).toEqual([false, true]);
  });

  it('is left out in part where it has too many calls', () => {
    const steps = Array.from({ length: 200 }, () => '{ call: store }').join(', ');
    const run = runOf(`
run: { for: 40s, warmUp: 1s }
services:
  web: { steps: [${steps}] }
  store: { steps: [{ wait: { constant: 1ms } }] }
traffic: { people: { to: web, rate: 30/s } }`);
    const [task] = run.tasks!;
    // Of 1 + 200 x 2, the first 150.
    expect(task!.call.attempts[0]!.calls.length + task!.left).toBeGreaterThan(200);
    expect(JSON.stringify(task).length).toBeLessThan(60_000);
  });
});
