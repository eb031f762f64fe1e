import { describe, expect, it } from 'vitest';
import { Reason } from '../call/reason.ts';
import type { Random } from '../random/random.ts';
import { portable } from '../random/elementary.ts';
import { stream } from '../random/streams.ts';
import { plainCache } from '../testing/plain-cache.ts';
import { Cache } from './cache.ts';
import type { CacheSettings } from './settings.ts';

const plain: CacheSettings = { ...plainCache, capacity: 3 };

function always(value: number): Random {
  return { next: () => value };
}

function cache(changes: Partial<CacheSettings>, random: Random = always(0.5)): Cache {
  return new Cache({ ...plain, ...changes }, random, portable);
}

describe('a cache', () => {
  it('has an answer for its time, and not at its end', () => {
    const answers = cache({});
    answers.store('a', 1, 10, 0);
    expect(answers.look('a', 999)).toBe('fresh');
    expect(answers.entry('a')!.value).toBe(1);
    expect(answers.look('a', 1000)).toBe('absent');
    expect(answers.size).toBe(0);
  });

  it('spreads the ends evenly over the jitter', () => {
    const answers = cache({ jitter: 0.1, capacity: 10_000 }, stream(1, 'cache', 'jitter'));
    for (let key = 0; key < 10_000; key++) answers.store(key, undefined, 10, 0);
    const ends = [...answers.keys()].map((key) => answers.entry(key)!.expiresMs);
    expect(Math.min(...ends)).toBeGreaterThanOrEqual(900);
    expect(Math.max(...ends)).toBeLessThan(1100);
    const late = ends.filter((endMs) => endMs >= 1050).length;
    // A quarter, within four standard errors.
    expect(Math.abs(late - 2500)).toBeLessThan(4 * Math.sqrt(10_000 * 0.25 * 0.75));
  });

  it('refreshes early with the probability of XFetch', () => {
    const draws = 20_000;
    for (const leftMs of [10, 50, 100]) {
      const answers = cache({ early: 2 }, stream(1, 'cache', `early ${leftMs}`));
      answers.store('a', 1, 25, 0);
      let early = 0;
      for (let draw = 0; draw < draws; draw++) {
        if (answers.look('a', 1000 - leftMs) === 'early') early++;
      }
      // P(−δ β ln u ≥ left) = e^(−left / (δ β)).
      const share = Math.exp(-leftMs / 50);
      const error = Math.sqrt((share * (1 - share)) / draws);
      expect(Math.abs(early / draws - share)).toBeLessThan(4 * error);
    }
  });

  it('draws nothing while the end is too far for any early refresh', () => {
    const refuse: Random = {
      next: () => {
        throw new Error('drawn');
      },
    };
    const answers = cache({ early: 1 }, refuse);
    answers.store('a', 1, 10, 0);
    expect(answers.look('a', 500)).toBe('fresh');
    expect(() => answers.look('a', 700)).toThrow('drawn');
  });

  it('takes the latest time to fetch for an answer that nobody saw being fetched', () => {
    const answers = cache({ early: 1 }, always(1 - Math.exp(-3)));
    answers.store('old', 1, undefined, 0);
    expect(answers.look('old', 999)).toBe('fresh');
    answers.store('new', 1, 100, 0);
    expect(answers.look('old', 690)).toBe('fresh');
    expect(answers.look('old', 710)).toBe('early');
  });

  it('gives an old answer while it is refreshed, for as long as it may', () => {
    const answers = cache({ staleWhileRevalidateMs: 100, staleIfErrorMs: 500 });
    answers.store('a', 1, 10, 0);
    expect(answers.look('a', 1099)).toBe('stale');
    expect(answers.look('a', 1100)).toBe('absent');
    expect(answers.rescue('a', 1499)!.value).toBe(1);
    expect(answers.rescue('a', 1500)).toBeUndefined();
  });

  it('remembers a failure for its time, beside the answer', () => {
    const answers = cache({ negativeMs: 50, staleWhileRevalidateMs: 100 });
    answers.storeFailure('a', Reason.overloaded, 0);
    expect(answers.look('a', 49)).toBe('failed');
    expect(answers.entry('a')!.failure).toBe(Reason.overloaded);
    expect(answers.look('a', 50)).toBe('absent');
    answers.store('b', 1, 10, 0);
    answers.storeFailure('b', Reason.error, 1010);
    expect(answers.look('b', 1059)).toBe('kept');
    expect(answers.look('b', 1060)).toBe('stale');
    expect(answers.look('b', 1100)).toBe('absent');
  });

  it('does not refresh early what failed just now, and forgets the failure with an answer', () => {
    const answers = cache({ negativeMs: 50, early: 1 }, always(1 - 1e-16));
    answers.store('a', 1, 100, 0);
    answers.storeFailure('a', Reason.error, 900);
    expect(answers.look('a', 949)).toBe('fresh');
    expect(answers.look('a', 950)).toBe('early');
    answers.storeFailure('b', Reason.error, 0);
    answers.store('b', 1, 10, 1);
    expect(answers.look('b', 2)).toBe('fresh');
  });

  it('makes room by what was used longest ago', () => {
    const answers = cache({ negativeMs: 50 });
    for (const key of ['a', 'b', 'c']) answers.store(key, key, 10, 0);
    expect(answers.look('a', 1)).toBe('fresh');
    answers.storeFailure('d', Reason.error, 2);
    expect(answers.size).toBe(3);
    expect(answers.look('b', 3)).toBe('absent');
    expect(answers.look('a', 3)).toBe('fresh');
    answers.clear();
    expect(answers.size).toBe(0);
    answers.store('e', 1, 10, 4);
    expect([...answers.keys()]).toEqual(['e']);
  });
});
