import { describe, expect, it } from 'vitest';

import type { Expectation, Model } from '../model/model.ts';
import type { Run } from '../signals/run.ts';
import * as build from '../simulate/testing/models.ts';
import { checkExpectations, type ExpectationRow } from './expectations.ts';
import { goodCalls, p99, runOf } from './testing/runs.ts';

const mean = { kind: 'latency', statistic: 'mean', quantile: 0 } as const;

function modelWith(change: Partial<Expectation>): Model {
  const server = build.service('server', []);
  const model = build.model([server], [build.edge('users', 0)], build.source(0, 100), 10_000);
  const expectation: Expectation = {
    text: 'users mean = 100ms',
    scenario: undefined,
    environment: undefined,
    subject: { kind: 'source', index: 0 },
    measure: mean,
    window: undefined,
    expected: {
      kind: 'value',
      value: 100,
      tolerance: { kind: 'standard-errors', count: 3, own: 0 },
    },
    source: 'nowhere',
    ...change,
  };
  return { ...model, expectations: [expectation] };
}

/**
 * Replications whose mean latency is 99 or 101 ms, by turns: the standard error of 30 is 0.186 ms.
 */
function runs(count: number, offsetMs: number = 0): readonly Run[] {
  return Array.from({ length: count }, (_, index) =>
    runOf(modelWith({}), 10, () => ({
      edges: [goodCalls(100, 100 + offsetMs + (index % 2 === 0 ? 1 : -1))],
    })),
  );
}

function row(change: Partial<Expectation>, replications: readonly Run[]): ExpectationRow {
  return checkExpectations(modelWith(change), () => replications)[0]!;
}

describe('checkExpectations', () => {
  it('holds the mean of the replications to so many standard errors', () => {
    expect(row({}, runs(30)).ok).toBe(true);
    expect(row({}, runs(30, 0.5)).ok).toBe(true);
    expect(row({}, runs(30, 0.6)).ok).toBe(false);
  });

  it('needs thirty replications for that', () => {
    const few = row({}, runs(29));
    expect(few.ok).toBe(false);
    expect(few.note).toContain('30 replications');
  });

  it('holds it within a share, or in a range, with any number', () => {
    const share = { kind: 'value', value: 100, tolerance: { kind: 'share', share: 0.03 } } as const;
    expect(row({ expected: share }, runs(1, 1)).ok).toBe(true);
    expect(row({ expected: share }, runs(1, 3)).ok).toBe(false);
    const range = { kind: 'range', from: 90, to: 105 } as const;
    expect(row({ expected: range }, runs(1)).ok).toBe(true);
    expect(row({ expected: range }, runs(1, 10)).ok).toBe(false);
  });

  it('is not ok where nothing was measured, or too little', () => {
    const range = { kind: 'range', from: 90, to: 110 } as const;
    expect(row({ expected: range }, []).note).toContain('no run');
    // 1,000 calls are just enough for p99.
    expect(row({ expected: range, measure: p99 }, runs(1)).ok).toBe(true);
    const p999 = { ...p99, quantile: 0.999 };
    expect(row({ expected: range, measure: p999 }, runs(1)).note).toContain('10000');
  });

  it('leaves out what is expected in another environment', () => {
    const other = modelWith({ environment: 'production' });
    expect(checkExpectations(other, () => runs(1))).toEqual([]);
  });
});
