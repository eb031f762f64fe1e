import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decidingOf } from './deciding.ts';
import { type Difference, editFor, reverseEditFor, settingsThatDiffer } from './settings.ts';

const differences = ['a', 'b', 'c', 'd', 'e'].map((name): Difference => ({
  path: [name],
  here: 1,
  there: 2,
}));

/** What decides when any of these sets of places is among what is given. */
async function deciding(...sets: readonly string[]) {
  let trials = 0;
  const places = sets.map((set) => set.split(''));
  const found = await decidingOf(differences, (some) => {
    trials++;
    const given = some.map(({ path }) => path[0]);
    return Promise.resolve(places.some((set) => set.every((name) => given.includes(name))));
  });
  const decided =
    found.kind === 'unknown' ? '' : found.differences.map(({ path }) => path[0]).join('');
  return { kind: found.kind, places: decided, trials };
}

describe('decidingOf', () => {
  it('names each that decides alone', async () => {
    expect(await deciding('b')).toEqual({ kind: 'alone', places: 'b', trials: 5 });
    expect(await deciding('b', 'e')).toMatchObject({ kind: 'alone', places: 'be' });
  });

  it('names what decides only together, and nothing besides', async () => {
    expect(await deciding('bd')).toMatchObject({ kind: 'together', places: 'bd' });
    expect(await deciding('abcde')).toMatchObject({ kind: 'together', places: 'abcde' });
  });

  it('finds a smallest set whatever decides, with two trials a difference at most', async () => {
    const sets = fc.array(fc.subarray(['a', 'b', 'c', 'd', 'e'], { minLength: 2 }), {
      minLength: 1,
    });
    await fc.assert(
      fc.asyncProperty(sets, async (drawn) => {
        const all = drawn.map((set) => set.join(''));
        const { kind, places, trials } = await deciding(...all);
        expect(kind).toBe('together');
        expect(all).toContain(places);
        expect(trials).toBeLessThanOrEqual(10);
      }),
    );
  });

  it('knows nothing when it is interrupted', async () => {
    const found = await decidingOf(differences, () => Promise.resolve(undefined));
    expect(found).toEqual({ kind: 'unknown' });
  });
});

describe('settingsThatDiffer', () => {
  const here = { run: { seed: 1 }, services: { web: { cores: 1, steps: [1] } }, calls: { a: 1 } };
  const there = {
    run: { seed: 2 },
    services: { web: { cores: 2, steps: [2], extra: 3 } },
    calls: {},
  };

  it('goes down into maps, and takes lists as a whole', () => {
    expect(settingsThatDiffer(here, there)).toEqual([
      { path: ['services', 'web', 'cores'], here: 1, there: 2 },
      { path: ['services', 'web', 'steps'], here: [1], there: [2] },
      { path: ['services', 'web', 'extra'], here: undefined, there: 3 },
      { path: ['calls', 'a'], here: 1, there: undefined },
    ]);
  });

  it('makes edits for both ways', () => {
    const differing = settingsThatDiffer(here, there);
    expect(differing.map(editFor).map(({ value }) => value)).toEqual([2, [2], 3, null]);
    expect(differing.map(reverseEditFor).map(({ value }) => value)).toEqual([1, [1], null, 1]);
  });
});
