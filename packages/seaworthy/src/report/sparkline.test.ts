import { describe, expect, it } from 'vitest';

import { latencySparkline, spanLine } from './sparkline.ts';
import { exampleRun } from './testing/example-trial.ts';

describe('latencySparkline', () => {
  it('goes from 0 to the highest, with a cross where nothing was answered', () => {
    expect(latencySparkline(exampleRun, 0, 18)).toBe('▁▁▁▁▁▁▅▆▆▇██××××××');
  });

  it('puts intervals together where there are more than characters', () => {
    expect(latencySparkline(exampleRun, 0, 6)).toBe('▁▁▆█××');
  });

  it('is no longer than the run', () => {
    const short = { ...exampleRun, intervals: exampleRun.intervals.slice(0, 3) };
    expect(latencySparkline(short, 0, 16)).toBe('███');
  });

  it('is blank for an edge that is not there', () => {
    expect(latencySparkline(exampleRun, 9, 3)).toBe('   ');
  });
});

describe('spanLine', () => {
  it('marks what a span touches', () => {
    expect(spanLine(exampleRun, [{ fromMs: 60_000, toMs: 80_000 }], 18)).toBe('      ━━          ');
  });

  it('marks to the end what never ends', () => {
    expect(spanLine(exampleRun, [{ fromMs: 150_000, toMs: Infinity }], 6)).toBe('     ━');
  });
});
