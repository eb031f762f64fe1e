import type { CacheAnswer } from '@seaworthy/policy/engine';

import type { Counts } from '../../signals/run.ts';
import { Peak } from './peak.ts';

/** What else there is to count about the caches of an edge. */
type CacheEvent = CacheAnswer | 'refresh' | 'refresh-stopped' | 'recomputed' | 'duplicate';

export interface CacheSample {
  readonly cache: Counts;
  readonly recomputingMax: number;
  readonly recomputesPeak: number;
}

const NOTHING: Counts = {};

/** Counts what the caches of one edge do, all callers together, until the interval ends. */
export class CacheMeter {
  #counts: Record<string, number> | undefined = undefined;
  readonly #begun = new Peak();
  /** How many flights are under way for each key, over all callers. */
  readonly #underWay = new Map<number, number>();
  #sameKeyMax = 0;

  count(event: CacheEvent, times: number = 1): void {
    this.#counts ??= {};
    this.#counts[event] = (this.#counts[event] ?? 0) + times;
  }

  flightBegan(key: number, nowNs: number): void {
    const before = this.#underWay.get(key) ?? 0;
    this.#underWay.set(key, before + 1);
    this.#sameKeyMax = Math.max(this.#sameKeyMax, before + 1);
    this.#begun.add(nowNs);
    if (before > 0) this.count('duplicate');
  }

  flightEnded(key: number): void {
    const left = (this.#underWay.get(key) ?? 1) - 1;
    if (left === 0) this.#underWay.delete(key);
    else this.#underWay.set(key, left);
  }

  flush(): CacheSample {
    if (this.#begun.count > 0) this.count('recomputed', this.#begun.count);
    const sample = {
      cache: this.#counts ?? NOTHING,
      recomputingMax: this.#sameKeyMax,
      recomputesPeak: this.#begun.max,
    };
    this.#counts = undefined;
    this.#begun.reset();
    this.#sameKeyMax = 0;
    for (const flights of this.#underWay.values()) {
      if (flights > this.#sameKeyMax) this.#sameKeyMax = flights;
    }
    return sample;
  }
}
