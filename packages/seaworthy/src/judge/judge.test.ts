import { describe, expect, it } from 'vitest';

import type { Model, Objective } from '../model/model.ts';
import * as build from '../simulate/testing/models.ts';
import { judge } from './judge.ts';
import { goodCalls, mixedCalls, objective, p99, runOf, success } from './testing/runs.ts';
import { trial } from './testing/trial.ts';

function modelWith(...objectives: readonly Objective[]): Model {
  const server = build.service('server', []);
  const model = build.model([server], [build.edge('users', 0)], build.source(0, 100), 100_000);
  return { ...model, objectives };
}

const fast = objective({ text: 'users p99 < 500ms', measure: p99, required: 500 });
const mostly = objective({
  text: 'users success > 99%',
  measure: success,
  comparison: '>',
  required: 0.99,
});
const model = modelWith(fast, mostly);
const good = runOf(model, 100, () => ({ edges: [goodCalls(100, 20)] }), 1);
const bad = runOf(model, 100, () => ({ edges: [mixedCalls(97, 3, 20)] }), 2);
const few = runOf(model, 100, () => ({ edges: [goodCalls(5, 20)] }), 3);

describe('judge', () => {
  it('passes with all objectives', () => {
    const verdict = judge(model, undefined, [good, good], 'command');
    expect(verdict).toMatchObject({ outcome: 'pass', replications: 2, seeds: [1, 1] });
    expect(verdict.sentence).toBe('All 2 objectives hold in all 2 replications.');
  });

  it('fails with one objective in one replication', () => {
    const verdict = judge(model, undefined, [good, bad, good], 'command');
    expect(verdict.outcome).toBe('fail');
    expect(verdict.sentence).toBe(
      '"users success > 99%" fails in 1 of 3 replications (97 % to 100 %).',
    );
  });

  it('is inconclusive where an objective is, and none fails', () => {
    const verdict = judge(model, undefined, [good, few], 'command');
    expect(verdict.outcome).toBe('inconclusive');
    expect(verdict.sentence).toBe(
      'Not enough to tell: "users p99 < 500ms" needs 1,000 samples and has 500: run for 220 s or ' +
        'longer.',
    );
    expect(judge(model, undefined, [few, bad], 'command').outcome).toBe('fail');
  });

  it('is inconclusive for runs that did not end, unless they fail', () => {
    const cut = { ...good, header: { ...good.header, status: 'interrupted' as const } };
    expect(judge(model, undefined, [cut], 'command').outcome).toBe('inconclusive');
    expect(judge(model, undefined, [], 'command').outcome).toBe('inconclusive');
    const failed = { ...bad, header: { ...bad.header, status: 'interrupted' as const } };
    expect(judge(model, undefined, [failed], 'command').outcome).toBe('fail');
  });

  it('has the traffic and the edges, with medians of the replications', () => {
    const verdict = judge(model, undefined, [good, bad, good], 'command');
    expect(verdict.traffic[0]).toMatchObject({
      source: 'users',
      offeredPerSecond: 100,
      goodputPerSecond: 100,
      successShare: 1,
      failedShare: 0,
    });
    expect(verdict.traffic[0]?.latency).toMatchObject({ samples: 29_700, mean: 20 });
    expect(verdict.traffic[0]?.latency.p999).toBeUndefined();
    expect(verdict.edges[0]).toMatchObject({ attemptsPerTask: 1, notable: false });
    expect(judge(model, undefined, [bad], 'command').edges[0]).toMatchObject({
      attemptSuccessShare: 0.97,
      notable: true,
    });
  });

  it('counts in how many replications a finding was seen, and shows the worst', () => {
    const text = `
run: { for: 60s, warmUp: 5s }
services: { server: { concurrency: 5, steps: [{ wait: { exponential: 50ms } }] } }
calls: { users -> server: { timeout: 500ms, retry: 3 } }
traffic: { users: { to: server, rate: 60/s } }
scenarios: { brownout: [{ at: 20s, for: 10s, slow: server, by: 10x }] }`;
    const verdict = trial(text, [7, 8]);
    const [finding] = verdict.findings;
    expect(finding).toMatchObject({ id: 'retry-storm', seenIn: 2, evidence: 'demonstrated' });
    expect([7, 8]).toContain(finding?.seed);
    expect(finding?.command).toBe(`seaworthy simulate test.yaml --seed ${finding?.seed}`);
    expect(verdict.edges[0]?.notable).toBe(true);
    expect(verdict.sentence).toMatch(
      /^Retry storm on users -> server: \d(\.\d+)? attempts per task/,
    );
  });

  it('says the same of the same runs', () => {
    const again = judge(model, undefined, [good, bad], 'command');
    expect(judge(model, undefined, [good, bad], 'command')).toEqual(again);
  });
});
