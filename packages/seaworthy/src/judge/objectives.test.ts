import { stream } from '@seaworthy/policy/engine';
import { describe, expect, it } from 'vitest';

import type { Model, Objective } from '../model/model.ts';
import type { Run } from '../signals/run.ts';
import * as build from '../simulate/testing/models.ts';
import { judgeObjectives } from './objectives.ts';
import { standingOf } from './standing.ts';
import { goodCalls, mixedCalls, objective, p99, runOf, success, times } from './testing/runs.ts';
import { edgeSample } from '../signals/testing/samples.ts';
import type { ObjectiveResult } from './verdict.ts';

function modelWith(...objectives: readonly Objective[]): Model {
  const server = build.service('server', []);
  const model = build.model([server], [build.edge('users', 0)], build.source(0, 100), 100_000);
  return { ...model, objectives };
}

function result(wanted: Objective, ...runs: readonly Run[]): ObjectiveResult {
  return judgeObjectives(modelWith(wanted), undefined, runs).results[0]!;
}

const model = modelWith();
const fast = objective({ text: 'users p99 < 500ms', measure: p99, required: 500 });
const mostly = objective({ measure: success, comparison: '>', required: 0.99 });

const good = runOf(model, 100, () => ({ edges: [goodCalls(100, 20)] }));
const slow = runOf(model, 100, (second) => ({ edges: [goodCalls(100, second < 90 ? 20 : 900)] }));

describe('objectives', () => {
  it('hold with the margin to the limit', () => {
    expect(result(fast, good)).toMatchObject({ outcome: 'pass', required: '< 500 ms' });
    expect(result(fast, good).margin).toBeCloseTo(0.96, 2);
    expect(result(fast, good).observedRange).toBeUndefined();
  });

  it('fail when one replication fails, and say which and when', () => {
    const failed = result(fast, good, slow, good);
    expect(failed).toMatchObject({
      outcome: 'fail',
      failedReplications: 1,
      firstViolationMs: 90_000,
    });
    expect(failed.observed).toMatch(/^(20|20\.\d) ms$/);
    expect(failed.observedRange).toMatch(/^2\d?(\.\d+)? ms to 90\d ms$|^20.* to 90.* ms$/);
  });

  it('are about all after the warm-up unless they have a window', () => {
    const early = runOf(model, 100, (second) => ({
      edges: [goodCalls(100, second < 10 ? 900 : 20)],
    }));
    const warm = { ...early, header: { ...early.header, warmUpMs: 10_000 } };
    expect(result(fast, early).outcome).toBe('fail');
    expect(result(fast, warm).outcome).toBe('pass');
    const there = { ...fast, window: { fromMs: 0, toMs: 10_000 } };
    expect(result(there, warm)).toMatchObject({ outcome: 'fail', firstViolationMs: 0 });
  });

  it('are not known from too few samples, and say how long to run', () => {
    const few = runOf(model, 100, () => ({ edges: [goodCalls(5, 20)] }));
    expect(result(fast, few)).toMatchObject({
      outcome: 'inconclusive',
      note: 'needs 1,000 samples and has 500: run for 220 s or longer',
    });
    const window = { ...fast, window: { fromMs: 0, toMs: 10_000 } };
    expect(result(window, few).note).toContain('widen the window');
  });

  it('fail even from few samples where chance cannot be the reason', () => {
    const few = runOf(model, 100, () => ({ edges: [goodCalls(5, 900)] }));
    expect(result(fast, few).outcome).toBe('fail');
  });

  it('are not known where nothing was measured', () => {
    const none = runOf(model, 100, () => ({ edges: [edgeSample()] }));
    expect(result(fast, none)).toMatchObject({
      outcome: 'inconclusive',
      observed: 'not measured',
      note: 'nothing was measured',
    });
    expect(result(mostly, none).outcome).toBe('inconclusive');
  });

  it('fail where calls begin and nothing comes to an end', () => {
    const hung = runOf(model, 100, () => ({ edges: [edgeSample({ offered: 100 })] }));
    expect(result(mostly, hung)).toMatchObject({ outcome: 'fail', firstViolationMs: 0 });
    expect(result(fast, hung).note).toBe('calls began, and not one of them came to an end');
  });

  it('need three calls for each that may fail, to know that so few do', () => {
    const rare = { ...mostly, required: 0.999 };
    const few = runOf(model, 100, () => ({ edges: [goodCalls(20, 20)] }));
    expect(result(rare, few).note).toContain('needs 3,000 samples and has 2,000');
    expect(result(rare, good).outcome).toBe('pass');
    // Failures are facts, however few calls there were.
    const bad = runOf(model, 100, () => ({ edges: [mixedCalls(19, 1, 20)] }));
    expect(result(rare, bad).outcome).toBe('fail');
  });

  it('measure the margin of a share in what may be missing', () => {
    const half = runOf(model, 100, (second) => ({
      edges: [second % 2 === 0 ? mixedCalls(99, 1, 20) : goodCalls(100, 20)],
    }));
    expect(result(mostly, half).margin).toBeCloseTo(0.5, 9);
    expect(result(mostly, half).observed).toBe('99.5 %');
  });

  it('count a call that failed after the limit as late', () => {
    const timeout = runOf(model, 100, () => ({
      edges: [{ ...mixedCalls(95, 5, 20), latencyFailed: times([5, 2000]) }],
    }));
    const failed = result(fast, timeout);
    expect(failed.outcome).toBe('fail');
    expect(failed.observed).toBe('2 s');
    const p90 = { ...fast, measure: { ...p99, quantile: 0.9 } };
    expect(result(p90, timeout).outcome).toBe('pass');
    const refused = runOf(model, 100, () => ({
      edges: [{ ...mixedCalls(95, 5, 20), latencyFailed: times([5, 1]) }],
    }));
    expect(result(fast, refused).outcome).toBe('pass');
  });

  it('fail where hardly a call is answered at all', () => {
    const refused = runOf(model, 100, () => ({
      edges: [{ ...mixedCalls(0, 100, 0), latencyFailed: times([100, 1]) }],
    }));
    expect(result(fast, refused)).toMatchObject({ outcome: 'fail' });
    expect(result(fast, refused).note).toContain('0 calls were answered');
  });

  it('do not see a violation in the noise of one second', () => {
    // One failure in a hundred calls every tenth second: 0.1 % of all, 1 % of those seconds.
    const noisy = runOf(model, 100, (second) => ({
      edges: [second === 95 ? mixedCalls(0, 100, 0) : mixedCalls(99, second % 10 ? 0 : 1, 20)],
    }));
    expect(result({ ...mostly, required: 0.995 }, noisy).firstViolationMs).toBe(95_000);
  });

  it('do not take a mean that chance explains for a clear failure', () => {
    const meanBelow = (required: number) =>
      objective({ measure: { ...p99, statistic: 'mean' }, required });
    const dice = stream(1, 'users', 'latency');
    // Of 2,000 calls, one in twenty takes a second more: the mean is 60 ms, and its error 5 ms.
    const scattered = runOf(model, 1000, () => {
      let slowest = 0;
      for (let call = 0; call < 2000; call++) if (dice.next() < 0.05) slowest++;
      const latency = times([2000 - slowest, 10], [slowest, 1010]);
      return { edges: [{ ...goodCalls(2000, 10), latency }] };
    });
    const failures = (required: number): number =>
      scattered.intervals.filter(
        (second) => standingOf(model, scattered, meanBelow(required), second).clearlyFails,
      ).length;
    // At the limit itself, more than half of them are above; three standard errors leave 1 in 740.
    expect(failures(60)).toBeLessThan(5);
    expect(failures(30)).toBeGreaterThan(990);
    expect(result(meanBelow(5), good).firstViolationMs).toBe(0);
  });
});
