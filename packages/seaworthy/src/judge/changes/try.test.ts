import { describe, expect, it } from 'vitest';

import { readModel } from '../../model/read.ts';
import { simulate } from '../../simulate/simulate.ts';
import { judge } from '../judge.ts';
import type { Change } from '../verdict.ts';
import { withDifferences } from './differences.ts';
import { changeText } from './text.ts';
import { type Judged, tryChanges } from './try.ts';

/** A callee that slows down for ten seconds, and callers that try three times. */
const storm = `
seaworthy: 1
name: test
run: { for: 80s, warmUp: 5s }
services:
  web: { steps: [{ call: payments }] }
  payments: { concurrency: 5, steps: [{ wait: { exponential: 50ms } }] }
calls:
  web -> payments: { timeout: 500ms, retry: 3 }
traffic: { shoppers: { to: web, rate: 60/s } }
scenarios: { brownout: [{ at: 30s, for: 10s, slow: payments, by: 10x }] }
objectives: [web success > 80%, recovers within 20s]`;

/** Simulates, judges, and tries `changes` in place of what the first finding suggests. */
async function tryIt(text: string, changes?: readonly Pick<Change, 'edits'>[]) {
  const { model, edit } = readModel(text, 'test.yaml', {});
  const judged = (edited: typeof model): Judged => {
    const [scenario] = edited.scenarios;
    const runs = [simulate(edited, { scenario, seed: 1, replication: 0 })];
    return { verdict: judge(edited, scenario, runs, ''), runs };
  };
  const { verdict, runs } = judged(model);
  const [first, ...rest] = verdict.findings;
  const suggested = changes?.map((change) => ({
    ...change,
    why: '',
    difference: [],
    tried: undefined,
  }));
  const findings =
    suggested === undefined ? verdict.findings : [{ ...first!, changes: suggested }, ...rest];
  const simulated: string[] = [];
  const tried = await tryChanges(withDifferences({ ...verdict, findings }, edit), {
    edit,
    shown: { model, run: runs[0]! },
    judged: (edited, change) => {
      simulated.push(changeText(change));
      return Promise.resolve(judged(edited));
    },
  });
  return { before: verdict, tried, simulated };
}

const retries = (value: number) => ({
  edits: [{ path: ['calls', 'web -> payments', 'retry', 'attempts'], value }],
});

describe('tryChanges', () => {
  it('simulates each change once, and says what it did', async () => {
    const { before, tried, simulated } = await tryIt(storm);
    expect(before.outcome).toBe('fail');
    expect(new Set(simulated).size).toBe(simulated.length);
    expect(simulated.length).toBeLessThanOrEqual(before.findings.length);
    expect(simulated).toContain(
      'calls."web -> payments".retry.budget = { share: 10%, floor: 1/s }',
    );
    const found = tried.findings.find(({ id }) => id === 'retry-storm');
    expect(found?.changes[0]?.tried).toMatchObject({ effect: 'solves', still: undefined });
    expect(found?.changes[0]?.difference.at(-1)).toBe(
      '+    retry: { attempts: 3, budget: { share: 10%, floor: 1/s } }',
    );
  });

  it('tells what an objective came to over the run, without the change and with it', async () => {
    const { tried } = await tryIt(storm);
    const found = tried.findings.find(({ id }) => id === 'retry-storm');
    const [success, recovers] = found?.changes[0]?.tried?.objectives ?? [];
    expect(success?.text).toBe('web success > 80%');
    const { toMs, before, after } = success!.course!;
    expect(toMs).toEqual(Array.from({ length: 40 }, (_, part) => 2000 * (part + 1)));
    // Nothing is different before the fault, and the storm goes on after it.
    expect(before.slice(0, 10)).toEqual(after.slice(0, 10));
    expect(before.at(-1)).toBeLessThan(0.1);
    expect(after.at(-1)).toBeGreaterThan(0.95);
    expect(recovers?.text).toBe('recovers within 20s');
    expect(recovers?.course).toBeUndefined();
  });

  it('tries every finding that suggests something', async () => {
    const { tried } = await tryIt(storm);
    const suggesting = tried.findings.filter(({ changes }) => changes.length > 0);
    expect(suggesting.length).toBeGreaterThan(1);
    for (const { changes } of suggesting) expect(changes[0]?.tried).toBeDefined();
  });

  it('is honest about what does not help, and puts what does first', async () => {
    const useless = { edits: [{ path: ['services', 'web', 'concurrency'], value: 1000 }] };
    const { tried, simulated } = await tryIt(storm, [useless, retries(1)]);
    const [better, worse] = tried.findings[0]!.changes.slice(-2);
    expect(simulated).toContain('services.web.concurrency = 1000');
    expect(changeText(better!)).toBe('calls."web -> payments".retry.attempts = 1');
    expect(['solves', 'helps']).toContain(better?.tried?.effect);
    expect(worse?.edits).toBe(useless.edits);
    expect(worse?.tried).toMatchObject({ effect: 'none', outcome: 'fail' });
  });

  it('takes over what another finding suggests, where that solves what its own does not', async () => {
    const useless = { edits: [{ path: ['services', 'web', 'concurrency'], value: 1000 }] };
    const { before, tried } = await tryIt(storm, [useless]);
    const found = tried.findings[0]!;
    expect(found.key).toBe(before.findings[0]?.key);
    expect(found.changes.map((change) => change.tried?.effect)).toEqual(['solves', 'none']);
    expect(tried.findings.slice(1).flatMap(({ changes }) => changes)).toContainEqual(
      expect.objectContaining({ edits: found.changes[0]?.edits }),
    );
  });

  it('finds what gets worse', async () => {
    const slots = {
      edits: [
        { path: ['services', 'web', 'concurrency'], value: 1 },
        { path: ['services', 'web', 'queue', 'limit'], value: 0 },
      ],
    };
    const { tried } = await tryIt(storm, [slots]);
    const trial = tried.findings[0]!.changes.find(({ edits }) => edits === slots.edits)?.tried;
    expect(trial?.outcome).toBe('fail');
    expect(trial?.worse.map(({ title }) => title).join()).toContain('web was out of slots');
  });

  it('simulates once what is suggested twice', async () => {
    const { tried, simulated } = await tryIt(storm, [retries(1), retries(1)]);
    expect(simulated.filter((text) => text.includes('attempts'))).toHaveLength(1);
    const own = tried.findings[0]!.changes.filter((change) =>
      changeText(change).includes('attempts'),
    );
    expect(own).toHaveLength(1);
  });

  it('leaves untried what was interrupted', async () => {
    const { model, edit } = readModel(storm, 'test.yaml', {});
    const [scenario] = model.scenarios;
    const run = simulate(model, { scenario, seed: 1, replication: 0 });
    const tried = await tryChanges(judge(model, scenario, [run], ''), {
      edit,
      shown: { model, run },
      judged: () => Promise.resolve(undefined),
    });
    expect(
      tried.findings.flatMap(({ changes }) => changes.map((change) => change.tried)),
    ).not.toContainEqual(expect.anything());
  });
});
