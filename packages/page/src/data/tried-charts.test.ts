import { describe, expect, it } from 'vitest';

import type { Change, PageRun } from '../seaworthy.ts';
import { triedCharts } from './tried-charts.ts';

/** Two seconds of a run with these objectives, all of them of p99. */
function runWith(statements: readonly string[]): PageRun {
  const measure = { kind: 'latency', statistic: 'quantile', quantile: 0.99 };
  return {
    toMs: [1000, 2000],
    lines: statements.map((_, objective) => ({ objective, measure, required: 100 })),
    verdict: { objectives: statements.map((text) => ({ text })) },
  } as unknown as PageRun;
}

function tried(courses: Readonly<Record<string, readonly number[]>>) {
  const objectives = Object.entries(courses).map(([text, values]) => ({
    text,
    before: { outcome: 'fail' },
    course: { toMs: [1000, 2000], before: values, after: values },
  }));
  return { objectives } as unknown as NonNullable<Change['tried']>;
}

describe('the charts of a change that was tried', () => {
  it('are those that have something to draw', () => {
    const courses = { rare: [Number.NaN, Number.NaN], now: [Number.NaN, 7], often: [5, 6] };
    const charts = triedCharts(runWith(Object.keys(courses)), tried(courses), 'finding');
    expect(charts.map(({ title }) => title)).toEqual(['now', 'often']);
    expect(charts[1]!.lines.map(({ values }) => values)).toEqual([
      [5, 6],
      [5, 6],
    ]);
  });
});
