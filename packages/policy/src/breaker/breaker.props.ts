import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BreakerSettings } from '../call/settings.ts';
import { stream } from '../random/streams.ts';
import { CircuitBreaker } from './breaker.ts';
import type { BreakerResult } from './breaker.ts';

const leaseMs = 50;

const settings: fc.Arbitrary<BreakerSettings> = fc.record(
  {
    failureShare: fc.double({ min: 0, max: 1, noNaN: true }),
    consecutiveFailures: fc.integer({ min: 1, max: 4 }),
    slow: fc.record({ share: fc.constantFrom(0.5, 1), overMs: fc.constant(10) }),
    minimumCalls: fc.integer({ min: 1, max: 5 }),
    withinMs: fc.constantFrom(100, 1000),
    openMs: fc.constantFrom(20, 100),
    openMaxMs: fc.constantFrom(100, 1000),
    probes: fc.integer({ min: 1, max: 4 }),
  },
  { requiredKeys: ['minimumCalls', 'withinMs', 'openMs', 'openMaxMs', 'probes'] },
);

/**
 * Ask for a permission, or report on one that was given before, often the newest, some time later.
 * The traces are such that breakers go through all their states many times.
 */
const step = fc.record({
  gapMs: fc.oneof(
    { weight: 12, arbitrary: fc.constant(0) },
    { weight: 6, arbitrary: fc.nat(20) },
    { weight: 1, arbitrary: fc.constantFrom(49, 50, 51, 100, 2000) },
  ),
  asks: fc.boolean(),
  which: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(20) }),
  result: fc.oneof(
    { weight: 5, arbitrary: fc.constant<BreakerResult>('success') },
    { weight: 4, arbitrary: fc.constant<BreakerResult>('failure') },
    { weight: 1, arbitrary: fc.constant<BreakerResult>('ignored') },
  ),
  durationMs: fc.constantFrom(1, 1, 1, 10, 11),
});
const steps = fc.array(step, { maxLength: 250, size: 'max' });

interface Granted {
  readonly permission: number;
  readonly era: number;
  readonly endMs: number;
}

/**
 * A breaker, and what an onlooker knows of it: which era (time between two changes) each permission
 * is from.
 */
class Watched {
  readonly breaker: CircuitBreaker;
  readonly granted: Granted[] = [];
  era: number = 0;
  nowMs: number = 0;

  constructor(bounds: BreakerSettings, seed: number) {
    this.breaker = new CircuitBreaker(bounds, stream(seed, 'breaker', 'property'));
    this.breaker.onChange = () => void (this.era += 1);
  }

  ask(): number {
    const permission = this.breaker.acquire(this.nowMs, leaseMs);
    const endMs = this.nowMs + leaseMs;
    if (permission >= 0) this.granted.push({ permission, era: this.era, endMs });
    return permission;
  }

  /** On the newest permission that is out for 0, on older ones for more. */
  report(which: number, result: BreakerResult, durationMs: number): Granted | undefined {
    if (this.granted.length === 0) return undefined;
    const index = this.granted.length - 1 - (which % this.granted.length);
    const [one] = this.granted.splice(index, 1);
    if (one !== undefined) this.breaker.record(one.permission, result, durationMs, this.nowMs);
    return one;
  }
}

describe('the breaker (P4)', () => {
  it('changes at most once for a result, and never for one from before the last change', () => {
    fc.assert(
      fc.property(settings, steps, fc.integer(), (bounds, trace, seed) => {
        const watched = new Watched(bounds, seed);
        for (const { gapMs, asks, which, result, durationMs } of trace) {
          watched.nowMs += gapMs;
          if (asks) watched.ask();
          else {
            watched.breaker.state(watched.nowMs);
            const era = watched.era;
            const reported = watched.report(which, result, durationMs);
            const changes = watched.era - era;
            const allowed = reported?.era === era && result !== 'ignored' ? 1 : 0;
            if (changes > allowed) expect.fail(`${changes} changes, not ${allowed}`);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is tested in every state: the traces reach each change many times', () => {
    const reached = new Map<string, number>();
    fc.assert(
      fc.property(settings, steps, (bounds, trace) => {
        const watched = new Watched(bounds, 1);
        watched.breaker.onChange = (from, to) => {
          const change = `${from} > ${to}`;
          reached.set(change, (reached.get(change) ?? 0) + 1);
        };
        for (const { gapMs, asks, which, result, durationMs } of trace) {
          watched.nowMs += gapMs;
          if (asks) watched.ask();
          else watched.report(which, result, durationMs);
        }
      }),
      { numRuns: 100, seed: 1 },
    );
    expect([...reached.keys()].toSorted()).toEqual([
      'closed > open',
      'half-open > closed',
      'half-open > open',
      'open > half-open',
    ]);
    expect(Math.min(...reached.values())).toBeGreaterThan(50);
  });

  it('behaves the same whether or not late results come in', () => {
    fc.assert(
      fc.property(settings, steps, fc.integer(), (bounds, trace, seed) => {
        const hears = new Watched(bounds, seed);
        const isSpared = new Watched(bounds, seed);
        const answers: [number | string, number | string][] = [];
        for (const { gapMs, asks, which, result, durationMs } of trace) {
          for (const one of [hears, isSpared]) one.nowMs += gapMs;
          if (asks) answers.push([hears.ask(), isSpared.ask()]);
          else {
            const one = hears.report(which, result, durationMs);
            const twin = isSpared.granted.findIndex(
              (other) => other.permission === one?.permission,
            );
            const isLate = one?.era !== isSpared.era;
            if (isLate) isSpared.granted.splice(twin, twin < 0 ? 0 : 1);
            else isSpared.report(isSpared.granted.length - 1 - twin, result, durationMs);
          }
          const { nowMs } = hears;
          answers.push([hears.breaker.state(nowMs), isSpared.breaker.state(nowMs)]);
        }
        expect(answers.map(([heard]) => heard)).toEqual(answers.map(([, spared]) => spared));
      }),
      { numRuns: 100 },
    );
  });

  it('has exactly its number of probes out, counting those that succeeded, and refuses the rest', () => {
    fc.assert(
      fc.property(settings, steps, fc.integer(), (bounds, trace, seed) => {
        const watched = new Watched(bounds, seed);
        const { breaker } = watched;
        let [era, used] = [-1, 0];
        for (const { gapMs, asks, which, result, durationMs } of trace) {
          watched.nowMs += gapMs;
          const state = breaker.state(watched.nowMs);
          if (watched.era !== era) [era, used] = [watched.era, 0];
          const out = watched.granted.filter((one) => one.era === era);
          const alive = out.filter((one) => one.endMs >= watched.nowMs).length;
          if (asks && state === 'half-open') {
            const isGiven = watched.ask() >= 0;
            if (alive + used >= bounds.probes) expect(isGiven).toBe(false);
            else expect(isGiven).toBe(true);
          } else if (asks) watched.ask();
          else {
            const one = watched.report(which, result, durationMs);
            const counts = state === 'half-open' && one?.era === era && one.endMs >= watched.nowMs;
            if (counts && result === 'success') used += 1;
            // One whose lease has run out may or may not count: leave the rest of this trace alone.
            else if (state === 'half-open' && one?.era === era && !counts) return;
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('never waits: it refuses exactly when it says so, and asking changes nothing but what is due', () => {
    fc.assert(
      fc.property(settings, steps, fc.integer(), (bounds, trace, seed) => {
        const watched = new Watched(bounds, seed);
        const said: boolean[] = [];
        const did: boolean[] = [];
        for (const { gapMs, asks, which, result, durationMs } of trace) {
          watched.nowMs += gapMs;
          said.push(watched.breaker.refuses(watched.nowMs));
          const refuses = watched.breaker.refuses(watched.nowMs);
          did.push(asks ? watched.ask() < 0 : refuses);
          if (!asks) watched.report(which, result, durationMs);
        }
        expect(did).toEqual(said);
      }),
      { numRuns: 100 },
    );
  });

  it('always recovers: whatever was lost, it closes once the dependency is well', () => {
    fc.assert(
      fc.property(settings, steps, fc.integer(), (bounds, trace, seed) => {
        const watched = new Watched(bounds, seed);
        const { breaker } = watched;
        for (const { gapMs, asks, which, result, durationMs } of trace) {
          watched.nowMs += gapMs;
          if (asks) watched.ask();
          else watched.report(which, result, durationMs);
        }
        // All that is out is lost. The longest opening, then the leases, pass.
        watched.nowMs += Math.max(bounds.openMs, bounds.openMaxMs) + 1;
        breaker.state(watched.nowMs);
        watched.nowMs += leaseMs + 1;
        for (
          let probe = 0;
          probe < bounds.probes && breaker.state(watched.nowMs) !== 'closed';
          probe++
        ) {
          breaker.record(breaker.acquire(watched.nowMs, leaseMs), 'success', 1, watched.nowMs);
        }
        expect(breaker.state(watched.nowMs)).toBe('closed');
      }),
      { numRuns: 150 },
    );
  });

  it('knows nothing of before an idle time of its window', () => {
    const share = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        share,
        fc.integer({ min: 2, max: 20 }),
        fc.nat(1e6),
        (failureShare, minimumCalls, moreMs) => {
          const bounds: BreakerSettings = {
            failureShare,
            minimumCalls,
            withinMs: 1000,
            openMs: 100,
            openMaxMs: 100,
            probes: 1,
          };
          const watched = new Watched(bounds, 1);
          for (const nowMs of [0, 1000 + moreMs]) {
            watched.nowMs = nowMs;
            for (let call = 1; call < minimumCalls; call++) {
              watched.ask();
              watched.report(0, 'failure', 1);
            }
          }
          expect(watched.breaker.state(watched.nowMs)).toBe('closed');
        },
      ),
    );
  });

  it('is open for the time set at first, then between it and the most', () => {
    fc.assert(
      fc.property(
        settings,
        fc.integer(),
        fc.integer({ min: 1, max: 10 }),
        (bounds, seed, openings) => {
          const watched = new Watched({ ...bounds, consecutiveFailures: 1 }, seed);
          const { breaker } = watched;
          for (let opening = 1; opening <= openings; opening++) {
            watched.ask();
            watched.report(0, 'failure', 1);
            expect(breaker.state(watched.nowMs)).toBe('open');
            const longestMs =
              opening === 1 ? bounds.openMs : Math.max(bounds.openMs, bounds.openMaxMs);
            expect(breaker.refuses(watched.nowMs + bounds.openMs - 0.001)).toBe(true);
            watched.nowMs += longestMs;
            expect(breaker.state(watched.nowMs)).toBe('half-open');
          }
        },
      ),
    );
  });
});
