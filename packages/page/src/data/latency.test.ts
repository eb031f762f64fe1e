import { describe, expect, it } from 'vitest';

import type { PageRun, Series } from '../seaworthy.ts';
import { percentileOver } from './latency.ts';

/** A second each, with so many answers of one to two milliseconds. */
function runOf(counts: readonly number[]): { readonly run: PageRun; readonly series: Series } {
  const latency = counts.map((count) => (count === 0 ? '' : `${count} 2 0 ${count}+`));
  const toMs = counts.map((_, at) => (at + 1) * 1000);
  return {
    run: { toMs } as unknown as PageRun,
    series: { numbers: {}, counts: {}, times: { latency } },
  };
}

describe('a percentile over time', () => {
  const over = (counts: readonly number[], quantile: number) => {
    const { run, series } = runOf(counts);
    return percentileOver(run, [series], 'latency', quantile, [0, counts.length]);
  };

  it('takes as many intervals as have ten values beyond it', () => {
    const { values, widest } = over(
      Array.from({ length: 64 }, () => 300),
      0.99,
    );
    expect(widest).toBe(4);
    expect(values.some((value) => Number.isNaN(value))).toBe(false);
  });

  it('is not there where even a sixteenth of what is drawn has too few', () => {
    const { values, widest } = over(
      Array.from({ length: 64 }, () => 300),
      0.999,
    );
    expect(widest).toBe(0);
    expect(values.every((value) => Number.isNaN(value))).toBe(true);
  });

  it('has a gap where nothing was answered', () => {
    const counts = Array.from({ length: 64 }, (_, at) => (at >= 32 ? 0 : 2000));
    const { values } = over(counts, 0.99);
    expect(values.findIndex((value) => Number.isNaN(value))).toBe(32);
  });
});
