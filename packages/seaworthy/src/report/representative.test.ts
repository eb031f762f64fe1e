import { describe, expect, it } from 'vitest';

import type { Run } from '../signals/run.ts';
import { representativeRun } from './representative.ts';
import { calmTrial } from './testing/calm-trial.ts';
import { exampleTrial } from './testing/example-trial.ts';

const { model, run } = exampleTrial;

function runOf(seed: number, from: number, to: number): Run {
  const header = { ...run.header, seed };
  return { ...run, header, intervals: run.intervals.slice(from, to) };
}

describe('representativeRun', () => {
  it('is the one that shows the first finding best', () => {
    const runs = [runOf(1, 0, 18), runOf(3, 0, 6)];
    expect(representativeRun(model, exampleTrial.verdict, runs).header.seed).toBe(3);
  });

  it('is without a finding the one that lost most', () => {
    const runs = [runOf(1, 0, 6), runOf(2, 12, 18), runOf(3, 6, 12)];
    expect(representativeRun(model, calmTrial.verdict, runs).header.seed).toBe(2);
  });

  it('is among those that lost as much the slowest', () => {
    const runs = [runOf(1, 0, 6), runOf(2, 6, 12)];
    expect(representativeRun(model, calmTrial.verdict, runs).header.seed).toBe(2);
  });
});
