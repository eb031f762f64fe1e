import { describe, expect, it } from 'vitest';

import type { Finding, ObjectiveResult, Outcome, Verdict } from '../verdict.ts';
import { effectOf } from './effect.ts';

const storm: Finding = {
  key: 'retry-storm web -> store',
  id: 'retry-storm',
  title: 'retry storm',
  severity: 'high',
  evidence: 'demonstrated',
  fromMs: 0,
  toMs: 1000,
  edges: [],
  services: [],
  numbers: [],
  sustainingEffect: undefined,
  steps: [],
  changes: [],
  seenIn: 4,
  seed: 1,
  command: '',
};
const waste: Finding = { ...storm, key: 'wasted-work store', title: 'wasted work' };

function objective(outcome: Outcome, margin: number): ObjectiveResult {
  return {
    text: 'web success > 90%',
    outcome,
    required: '> 90 %',
    observed: `margin ${margin}`,
    observedRange: undefined,
    margin,
    failedReplications: 0,
    firstViolationMs: undefined,
    note: undefined,
  };
}

function verdict(findings: readonly Finding[], ...objectives: ObjectiveResult[]): Verdict {
  return {
    schema: 1,
    outcome: findings.length === 0 ? 'pass' : 'fail',
    sentence: '',
    objectives,
    findings,
    traffic: [],
    edges: [],
    queues: [],
    rows: [],
    replications: 4,
    seeds: [1, 2, 3, 4],
  };
}

const before = verdict([storm, waste], objective('fail', -1));

function effect(findings: readonly Finding[], ...objectives: ObjectiveResult[]) {
  return effectOf(storm, before, verdict(findings, ...objectives));
}

describe('effectOf', () => {
  it('solves a finding that is gone, and tells what else is', () => {
    expect(effect([], objective('pass', 0.5))).toEqual({
      effect: 'solves',
      outcome: 'pass',
      replications: 4,
      still: undefined,
      alsoGone: ['wasted-work store'],
      objectives: [
        {
          text: 'web success > 90%',
          before: { outcome: 'fail', observed: 'margin -1', margin: -1 },
          after: { outcome: 'pass', observed: 'margin 0.5', margin: 0.5 },
        },
      ],
      worse: [],
    });
  });

  it('does nothing where all is as it was, or nearly', () => {
    expect(effect([storm, waste], objective('fail', -0.9))).toMatchObject({
      effect: 'none',
      still: { title: 'retry storm', severity: 'high', seenIn: 4 },
      alsoGone: [],
    });
  });

  it('helps where an objective comes half of the way, or holds', () => {
    expect(effect([storm, waste], objective('fail', -0.4)).effect).toBe('helps');
    expect(effect([storm, waste], objective('pass', 0.1)).effect).toBe('helps');
  });

  it('does not count what is near the limit before and after', () => {
    const near = verdict([storm], objective('fail', -0.04));
    const nearer = verdict([storm], objective('fail', -0.01));
    expect(effectOf(storm, near, nearer).effect).toBe('none');
    expect(effectOf(storm, nearer, near).effect).toBe('none');
  });

  it('helps where the finding is less grave, or rarer', () => {
    const still = objective('fail', -1);
    expect(effect([{ ...storm, severity: 'medium' }, waste], still).effect).toBe('helps');
    expect(effect([{ ...storm, seenIn: 2 }, waste], still).effect).toBe('helps');
    expect(effect([{ ...storm, seenIn: 3 }, waste], still).effect).toBe('none');
    const graver = effect([{ ...storm, severity: 'critical', seenIn: 1 }, waste], still);
    expect(graver.effect).toBe('none');
    expect(graver.worse).toHaveLength(1);
  });

  it('trades where something else is worse: a finding, or an objective', () => {
    const full: Finding = { ...storm, key: 'exhaustion store', title: 'exhaustion' };
    const traded = effect([full], objective('pass', 0.1));
    expect(traded).toMatchObject({ effect: 'trades', worse: [{ title: 'exhaustion' }] });
    expect(effect([waste], objective('fail', -3)).effect).toBe('trades');
    const held = verdict([storm], objective('pass', 0.1));
    expect(effectOf(storm, held, verdict([], objective('fail', -0.1))).effect).toBe('trades');
  });

  it('tells a new finding that fails nothing, but does not hold it against the change', () => {
    const dead: Finding = { ...storm, key: 'dead-retries', severity: 'medium', title: 'dead' };
    const told = effect([dead], objective('pass', 0.1));
    expect(told).toMatchObject({ effect: 'solves', worse: [{ title: 'dead' }] });
  });
});
