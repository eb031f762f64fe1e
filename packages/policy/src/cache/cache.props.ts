import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RetryBudget } from '../budget/budget.ts';
import type { Call } from '../call/call.ts';
import { Cache } from './cache.ts';
import { interleavingWithCache } from '../testing/arbitrary.ts';
import { hostOf, play } from '../testing/interleaving.ts';
import { plainCache } from '../testing/plain-cache.ts';
import { portable } from '../random/elementary.ts';
import { stream } from '../random/streams.ts';
import type { Script } from '../testing/scripted-host.ts';

const many = { numRuns: 400, endOnFailure: true };

/** Sums of milliseconds are not exact. */
const tolerance = 1e-6;

/** Counts what it has been charged. */
class CountedBudget extends RetryBudget {
  charged: number = 0;

  override tryWithdraw(nowMs: number): boolean {
    const allowed = super.tryWithdraw(nowMs);
    if (allowed) this.charged++;
    return allowed;
  }
}

/** What a cache of this capacity keeps, as plainly as it can be said: in the order of use. */
function usedLast(keys: readonly number[], capacity: number): readonly number[] {
  return [...new Set(keys.toReversed())].slice(0, capacity);
}

describe('a cache', () => {
  it('keeps the keys that were used last, whatever is asked and stored', () => {
    const asked = fc.array(fc.nat(7), { maxLength: 100, size: 'max' });
    fc.assert(
      fc.property(asked, fc.integer({ min: 1, max: 5 }), (keys, capacity) => {
        const settings = { ...plainCache, capacity };
        const cache = new Cache(settings, stream(1, 'cache', 'test'), portable);
        for (const [nowMs, key] of keys.entries()) {
          if (cache.look(key, nowMs) === 'absent') cache.store(key, key, 1, nowMs);
        }
        expect(new Set(cache.keys())).toEqual(new Set(usedLast(keys, capacity)));
      }),
      { numRuns: 200 },
    );
  });
});

describe('calls through a cache', () => {
  it('settle once, and leave nothing behind', () => {
    fc.assert(
      fc.property(interleavingWithCache, (of) => {
        const host = hostOf(of);
        play(of, host);
        expect(host.violations).toEqual([]);
        for (const script of host.scripts) expect(script.settledMs).toBeGreaterThanOrEqual(0);
        expect([host.flights.size, host.inFlight, host.engine.inFlight]).toEqual([0, 0, 0]);
        expect([host.engine.queued, host.clock.pending]).toEqual([0, 0]);
      }),
      many,
    );
  });

  it('share one flight a key, and the cache never has more keys than it may', () => {
    fc.assert(
      fc.property(interleavingWithCache, (of) => {
        const host = hostOf(of);
        const { singleFlight, capacity } = of.settings.cache!;
        let mostKeys = 0;
        let mostOfKey = 1;
        play(of, host, () => {
          mostKeys = Math.max(mostKeys, host.engine.cached!.size);
          const keys = new Set([...host.flights].map((flight) => flight.key));
          if (keys.size < host.flights.size) mostOfKey = 2;
        });
        expect(mostKeys).toBeLessThanOrEqual(capacity);
        if (singleFlight) expect(mostOfKey).toBe(1);
      }),
      many,
    );
  });

  it('never get an answer that is older than its time and its windows', () => {
    fc.assert(
      fc.property(interleavingWithCache, (of) => {
        const host = hostOf(of);
        const { ttlMs, jitter, ...windows } = of.settings.cache!;
        const freshMs = ttlMs * (1 + jitter) + tolerance;
        const oldestMs = {
          none: 0,
          miss: 0,
          joined: 0,
          failed: 0,
          hit: freshMs,
          stale: freshMs + windows.staleWhileRevalidateMs,
          kept: freshMs + Math.max(windows.staleWhileRevalidateMs, windows.staleIfErrorMs),
          rescued: freshMs + windows.staleIfErrorMs,
        };
        host.onSettled = ({ call }: Script): void => {
          if (call.key === undefined || call.outcome !== 'succeeded') return;
          const ageMs = host.clock.now() - (call.value as number);
          expect(ageMs, call.cached).toBeLessThanOrEqual(oldestMs[call.cached]);
        };
        play(of, host);
      }),
      many,
    );
  });

  it('wait for a flight no longer than their deadline allows, and do not end it', () => {
    fc.assert(
      fc.property(interleavingWithCache, (of) => {
        const host = hostOf(of);
        play(of, host, () => {
          for (const { call } of host.scripts) {
            if (call.phase !== 'joined') continue;
            if (host.clock.now() > call.deadlineMs) host.violate(call, 'waits beyond its deadline');
            if (!host.flights.has(call.waitsFor!.call)) host.violate(call, 'waits for no flight');
          }
        });
        expect(host.violations).toEqual([]);
      }),
      many,
    );
  });

  it('charge each retry, hedge, refresh and further fallback when it is decided', () => {
    const settings = { share: 0.5, floorPerSecond: 20, withinMs: 100 };
    fc.assert(
      fc.property(interleavingWithCache, (of) => {
        const budget = new CountedBudget(settings, 0);
        let decided = 0;
        const count = (): void => {
          decided++;
          expect(decided).toBe(budget.charged);
        };
        const observer = {
          retryScheduled: count,
          refreshStarted: count,
          attemptStarted: (call: Call): void => {
            if (call.hedgeOf !== undefined) count();
          },
          fallbackStarted: (_: Call, index: number): void => {
            if (index > 0) count();
          },
        };
        play(of, hostOf(of, { budget, observer }));
        expect(decided).toBe(budget.charged);
      }),
      many,
    );
  });
});
