import { describe, expect, it } from 'vitest';

import { ReplicaColumns } from './replica-columns.ts';

function columns(replicasOfService: readonly number[], intervals: number): ReplicaColumns {
  return new ReplicaColumns({ replicasOfService, intervalMs: 1000, durationMs: intervals * 1000 });
}

describe('what each replica did', () => {
  it('is there for each interval where there is room', () => {
    const { services, step, ...some } = addedTo(columns([2, 1], 600), [
      [
        [10, 20.04, 11, 1],
        [0, 0, 0, 0],
      ],
      [
        [10, 30, 10, 0],
        [4, 5, 4, 0],
      ],
    ]);
    expect(some).toEqual({});
    expect(step).toBe(1);
    expect(services[0]).toEqual([
      { arrived: [11, 10], failed: [1, 0], meanMs: [20, 30] },
      { arrived: [0, 4], failed: [0, 0], meanMs: [0, 5] },
    ]);
    expect(services[1]).toEqual([{ arrived: [], failed: [], meanMs: [] }]);
  });

  it('is taken together where there is not, each answer with the same weight', () => {
    const { services, step } = addedTo(columns([100], 192), [
      [[30, 10, 30, 2]],
      [[10, 50, 12, 1]],
      [[1, 7, 1, 0]],
    ]);
    expect(step).toBe(2);
    expect(services[0]![0]).toEqual({ arrived: [42, 1], failed: [3, 0], meanMs: [20, 7] });
    // One that a record says nothing of did nothing.
    expect(services[0]![1]).toEqual({ arrived: [0, 0], failed: [0, 0], meanMs: [0, 0] });
  });

  it('is bounded, whatever a record says of itself', () => {
    expect(columns([2 ** 50], 600).services).toEqual([]);
    const odd = addedTo(columns([2], 10), ['x', [null, ['a', {}, -1]]]);
    expect(odd.services[0]![0]!.arrived).toEqual([0, 0]);
    expect(columns([1], 10).services.length).toBe(1);
  });
});

function addedTo(into: ReplicaColumns, intervals: readonly unknown[]): ReplicaColumns {
  for (const [at, interval] of intervals.entries()) into.add(0, at, interval);
  return into;
}
