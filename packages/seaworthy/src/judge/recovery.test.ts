import { describe, expect, it } from 'vitest';

import type { Model, Scenario } from '../model/model.ts';
import type { Run } from '../signals/run.ts';
import * as build from '../simulate/testing/models.ts';
import { judgeObjectives } from './objectives.ts';
import { goodCalls, mixedCalls, objective, recovery, runOf, success } from './testing/runs.ts';
import { edgeSample } from '../signals/testing/samples.ts';
import type { ObjectiveResult } from './verdict.ts';

const mostly = objective({ measure: success, comparison: '>', required: 0.99 });
const recovers = objective({ measure: recovery, comparison: '<=', required: 30_000 });
const target = { kind: 'service', index: 0, replicas: undefined } as const;
const slowed = build.scenario({
  kind: 'slow',
  target,
  factor: 10,
  addsMs: 0,
  atMs: 60_000,
  forMs: 10_000,
});

function modelWith(required: number = 30_000): Model {
  const server = build.service('server', []);
  const model = build.model([server], [build.edge('users', 0)], build.source(0, 100), 200_000);
  return { ...model, objectives: [mostly, { ...recovers, required }] };
}

/** Everything fails from the beginning of the fault until a second. */
function failedUntil(until: number, seconds: number = 200): Run {
  return runOf(modelWith(), seconds, (second) => ({
    edges: [second >= 60 && second < until ? mixedCalls(0, 100, 0) : goodCalls(100, 20)],
  }));
}

function result(
  run: Run,
  scenario: Scenario | undefined = slowed,
  required = 30_000,
): ObjectiveResult {
  return judgeObjectives(modelWith(required), scenario, [run]).results[1]!;
}

describe('recovery', () => {
  it('is the time from the end of the fault to the start of 30 good seconds', () => {
    expect(result(failedUntil(82))).toMatchObject({ outcome: 'pass', observed: '12 s' });
    expect(result(failedUntil(120))).toMatchObject({ outcome: 'fail', observed: '50 s' });
  });

  it('takes no time for a system that never left its objectives, or is back before the end', () => {
    expect(result(failedUntil(0))).toMatchObject({ outcome: 'pass', observed: '0 ms' });
    expect(result(failedUntil(66))).toMatchObject({ outcome: 'pass', observed: '0 ms' });
  });

  it('has nothing to recover from without a fault', () => {
    const calm = judgeObjectives(modelWith(), undefined, [failedUntil(0)]).results[1]!;
    expect(calm).toMatchObject({ outcome: 'pass', observed: 'no fault' });
  });

  it('fails for a system that does not come back', () => {
    const never = result(failedUntil(200));
    expect(never).toMatchObject({ outcome: 'fail', observed: 'not within 130 s' });
  });

  it('is not known where the run ends too soon', () => {
    const soon = result(failedUntil(75, 90));
    expect(soon.outcome).toBe('inconclusive');
    expect(soon.note).toBe('the run ends too soon after the last fault: run for 130 s or longer');
  });

  it('is known to have failed as soon as it cannot come in time any more', () => {
    expect(result(failedUntil(112, 112)).outcome).toBe('fail');
  });

  it('does not count a lull as recovered', () => {
    const lull = runOf(modelWith(), 200, (second) => ({
      edges: [
        second >= 60 && second < 100 && (second < 75 || second >= 95)
          ? mixedCalls(0, 100, 0)
          : goodCalls(100, 20),
      ],
    }));
    expect(result(lull).observed).toBe('30 s');
  });

  it('is not delayed by a noisy second', () => {
    const noisy = runOf(modelWith(), 200, (second) => ({
      edges: [second % 5 === 0 ? mixedCalls(98, 2, 20) : goodCalls(100, 20)],
    }));
    expect(result(noisy)).toMatchObject({ outcome: 'pass', observed: '0 ms' });
  });

  it('does not take a system that hangs for one that has recovered', () => {
    const hung = runOf(modelWith(), 200, (second) => ({
      edges: [second < 60 ? goodCalls(100, 20) : edgeSample({ offered: 100 })],
    }));
    expect(result(hung)).toMatchObject({ outcome: 'fail', observed: 'not within 130 s' });
  });

  it('is judged by whole intervals where those are longer than 30 s', () => {
    const coarse = failedUntil(130, 400);
    const minutes = Array.from({ length: 6 }, (_, minute) => ({
      ...coarse.intervals[minute === 1 ? 61 : 0]!,
      fromMs: minute * 60_000,
      toMs: (minute + 1) * 60_000,
    }));
    const header = { ...coarse.header, intervalMs: 60_000 };
    const run = { ...coarse, header, intervals: minutes };
    // The minute of the fault failed, and the next one is good.
    expect(result(run, slowed, 60_000)).toMatchObject({ outcome: 'pass', observed: '50 s' });
  });

  it('is judged from the end of a spike of the traffic, too', () => {
    const model = modelWith();
    const [users] = model.sources;
    const shape = [
      { atMs: 0, perSecond: 100, overMs: 0 },
      { atMs: 60_000, perSecond: 200, overMs: 0 },
      { atMs: 70_000, perSecond: 100, overMs: 0 },
    ];
    const arrivals = { kind: 'open', spacing: 'poisson', shape } as const;
    const spiked = { ...model, sources: [{ ...users!, arrivals }] };
    const results = judgeObjectives(spiked, undefined, [failedUntil(82)]).results;
    expect(results[1]).toMatchObject({ outcome: 'pass', observed: '12 s' });
  });
});
