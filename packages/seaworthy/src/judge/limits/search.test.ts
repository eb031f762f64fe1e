import { describe, expect, it } from 'vitest';

import { notAbove, scaled, type Threshold, ThresholdSearch } from './search.ts';

const settings = {
  from: 0.5,
  to: 2,
  least: 0.1,
  most: 10,
  precision: 0.05,
  runsMax: 80,
  known: [],
};

function searched(collapses: (size: number) => boolean): ThresholdSearch {
  const search = new ThresholdSearch(settings);
  for (let sizes = search.next(); sizes.length > 0; sizes = search.next()) {
    search.add(sizes.map((size) => ({ size, collapsed: collapses(size) })));
  }
  return search;
}

describe('ThresholdSearch', () => {
  it('begins with eight sizes from end to end, as far apart as factors', () => {
    const sizes = new ThresholdSearch(settings).next();
    expect(sizes).toEqual([0.5, 0.6095, 0.743, 0.9057, 1.104, 1.346, 1.641, 2]);
  });

  it('finds a threshold beyond the sizes that it began with', () => {
    expect(searched((size) => size > 6).threshold).toMatchObject({ kind: 'found', settled: true });
    const { threshold } = searched((size) => size > 6);
    expect(threshold.kind === 'found' && threshold.low < 6 && threshold.high > 6).toBe(true);
  });

  it('says on which side of everything a threshold is', () => {
    expect(searched(() => false).threshold).toMatchObject({ kind: 'above', than: 10 });
    expect(searched(() => true).threshold).toMatchObject({ kind: 'below', than: 0.1 });
  });

  it('says so where a few runs come out the other way, too', () => {
    let runs = 0;
    const rare = searched((size) => size >= 10 && ++runs % 5 === 0);
    expect(rare.threshold).toMatchObject({ kind: 'above', than: 10 });
    const often = searched((size) => size > 0.1 || ++runs % 5 !== 0);
    expect(often.threshold).toMatchObject({ kind: 'below', than: 0.1 });
  });

  it('knows nothing before it was told anything', () => {
    const search = new ThresholdSearch(settings);
    expect(search.threshold).toEqual({ kind: 'unknown', runs: 0 });
    expect(search.progress).toBe(0);
  });

  it('moves along, and ends at the whole', () => {
    expect(searched((size) => size > 1).progress).toBe(1);
  });

  it('is not put off by one run against all odds', () => {
    const search = searched((size) => size > 1);
    const before = search.threshold;
    search.add([{ size: 5, collapsed: false }]);
    const after = search.threshold;
    if (before.kind !== 'found' || after.kind !== 'found') throw new Error('not found');
    expect(after.at / before.at).toBeCloseTo(1, 1);
  });
});

describe('scaled', () => {
  it('brings a threshold to another unit', () => {
    const found = { kind: 'found', at: 1, low: 0.9, high: 1.2, settled: true, runs: 30 } as const;
    expect(scaled(found, 40)).toEqual({ ...found, at: 40, low: 36, high: 48 });
    expect(scaled({ kind: 'above', than: 2, runs: 8 }, 40)).toMatchObject({ than: 80 });
    expect(scaled({ kind: 'unknown', runs: 0 }, 40)).toEqual({ kind: 'unknown', runs: 0 });
  });
});

describe('notAbove', () => {
  const found = (at: number): Threshold => {
    return { kind: 'found', at, low: at / 1.1, high: at * 1.1, settled: true, runs: 30 };
  };
  const between = (low: number, high: number): Threshold => {
    return { kind: 'between', low, high, runs: 8 };
  };
  const above: Threshold = { kind: 'above', than: 32, runs: 5 };
  const below: Threshold = { kind: 'below', than: 0.1, runs: 5 };

  it('leaves a system no more stable than what it carries', () => {
    expect(notAbove(found(3), found(2))).toEqual(found(2));
    expect(notAbove(above, found(2))).toEqual(found(2));
    expect(notAbove(found(3), below)).toEqual(below);
    expect(notAbove(found(9), between(2, 8))).toEqual(between(2, 8));
    expect(notAbove(between(1, 9), between(2, 8))).toEqual(between(1, 8));
    expect(notAbove(between(3, 9), found(2))).toEqual(found(2));
  });

  it('takes nothing from what is within that, or where nothing is known of it', () => {
    expect(notAbove(found(1), found(2))).toEqual(found(1));
    expect(notAbove(found(5), between(2, 8))).toEqual(found(5));
    expect(notAbove(found(3), above)).toEqual(found(3));
    expect(notAbove(below, found(2))).toEqual(below);
    expect(notAbove(found(3), { kind: 'unknown', runs: 0 })).toEqual(found(3));
  });
});
