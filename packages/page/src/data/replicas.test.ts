import { describe, expect, it } from 'vitest';

import type { PageRun, ReplicaSeries } from '../seaworthy.ts';
import { replicasOf } from './replicas.ts';
import { replicasSentence } from './replicas-sentence.ts';

const everything = { kind: 'all' } as const;
const whole = { fromMs: 0, toMs: 10_000 };

/** Ten seconds of replicas that each have the same every second: what came, what failed, in ms. */
function runOf(...replicas: readonly (readonly [number, number, number])[]): PageRun {
  const each = (value: number): readonly number[] => Array.from({ length: 10 }, () => value);
  const series = replicas.map(([arrived, failed, ms]): ReplicaSeries => ({
    arrived: each(arrived),
    failed: each(failed),
    meanMs: each(ms),
  }));
  return {
    header: { services: ['web'] },
    toMs: Array.from({ length: 10 }, (_, at) => (at + 1) * 1000),
    replicas: { step: 1, services: [series] },
  } as unknown as PageRun;
}

describe('replicas beside each other', () => {
  it('are drawn where one is slower, fails more, or gets less', () => {
    for (const other of [
      [100, 0, 20],
      [100, 20, 10],
      [0, 0, 0],
    ] as const) {
      const found = replicasOf(runOf([100, 0, 10], other), everything, whole);
      expect(found.map(({ service }) => service)).toEqual(['web']);
    }
  });

  it('are not drawn where they are alike, or too few requests came to tell', () => {
    expect(replicasOf(runOf([100, 0, 10], [110, 1, 11]), everything, whole)).toEqual([]);
    expect(replicasOf(runOf([2, 0, 10], [4, 1, 30]), everything, whole)).toEqual([]);
    // Who asks for them gets them.
    const web = { kind: 'service', name: 'web' } as const;
    expect(replicasOf(runOf([100, 0, 10], [110, 1, 11]), web, whole).length).toBe(1);
  });

  it('are told in a sentence', () => {
    const [some] = replicasOf(runOf([100, 0, 10], [100, 30, 40], [0, 0, 0]), everything, whole);
    expect(replicasSentence(some!)).toBe(
      'Slowest is #2 with 40 ms, fastest #1 with 10 ms. #2 fails most: 30 %. #3: nothing came.',
    );
  });

  it('are so many as can be read: the slowest and the fastest', () => {
    const many = Array.from({ length: 60 }, (_, at) => [100, 0, 10 + at] as const);
    const [some] = replicasOf(runOf(...many), everything, whole);
    expect(some!.sums.length).toBe(24);
    expect(some!.left).toBe(36);
    expect(some!.sums.map(({ replica }) => replica)).toContain(59);
    expect(some!.sums.map(({ replica }) => replica)).not.toContain(30);
  });
});
