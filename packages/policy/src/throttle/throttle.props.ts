import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Reason } from '../call/reason.ts';
import type { ThrottleSettings } from '../call/settings.ts';
import { stream } from '../random/streams.ts';
import { Throttle } from './throttle.ts';

const settings: fc.Arbitrary<ThrottleSettings> = fc.record({
  k: fc.constantFrom(1.1, 1.5, 2, 5),
  withinMs: fc.constantFrom(1000, 30_000),
  shareMax: fc.constantFrom(0, 0.5, 0.9),
  minimumPerSecond: fc.constantFrom(0, 5),
  on: fc.constant(new Set<Reason>([Reason.overloaded])),
});

function throttleOf(of: ThrottleSettings, seed = 1): Throttle {
  return new Throttle(of, stream(seed, 'throttle', 'dice'));
}

/** What happens to a throttle: an attempt is wanted; one that runs ends, after some time. */
const happenings = fc.array(
  fc.record({
    pauseMs: fc.constantFrom(0, 0, 1, 10, 200, 5000, 40_000),
    kind: fc.constantFrom('wanted' as const, 'wanted' as const, 'refused' as const),
    reason: fc.constantFrom(Reason.overloaded, Reason.timeout, Reason.error, Reason.lag),
  }),
  { minLength: 1, maxLength: 300, size: 'max' },
);

describe('the throttle, whatever happens', () => {
  it('holds nothing back while nothing is refused', () => {
    fc.assert(
      fc.property(settings, happenings, (of, all) => {
        const throttle = throttleOf(of);
        let nowMs = 0;
        for (const { pauseMs, kind, reason } of all) {
          nowMs += pauseMs;
          if (kind === 'wanted') {
            expect(throttle.rejects(nowMs)).toBe(false);
            throttle.started(nowMs);
          } else if (reason !== Reason.overloaded) throttle.failed(reason, nowMs);
        }
      }),
    );
  });

  it('holds back a share from 0 to its most, and none of a few', () => {
    fc.assert(
      fc.property(settings, happenings, (of, all) => {
        const throttle = throttleOf(of);
        const wantedMs: number[] = [];
        let nowMs = 0;
        let running = 0;
        for (const { pauseMs, kind } of all) {
          nowMs += pauseMs;
          if (kind === 'wanted') {
            wantedMs.push(nowMs);
            if (!throttle.rejects(nowMs)) {
              throttle.started(nowMs);
              running++;
            }
          } else if (running > 0) {
            running--;
            throttle.failed(Reason.overloaded, nowMs);
          }
          const share = throttle.rejectShare(nowMs);
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(of.shareMax);
          const inWindow = wantedMs.filter((atMs) => atMs > nowMs - of.withinMs).length;
          if (inWindow < (of.minimumPerSecond * of.withinMs) / 1000) expect(share).toBe(0);
        }
      }),
    );
  });
});

/** A dependency that accepts so many a second, and refuses the rest at once. */
class Dependency {
  readonly throttle: Throttle;
  perSecond: number;
  wanted: number = 0;
  heldBack: number = 0;
  accepted: number = 0;
  private nowMs: number = 0;
  private credit: number = 0;

  constructor(throttle: Throttle, perSecond: number) {
    this.throttle = throttle;
    this.perSecond = perSecond;
  }

  /** So many a second are wanted, evenly, for so long. */
  want(perSecond: number, seconds: number): void {
    for (let attempt = 0; attempt < perSecond * seconds; attempt++) {
      this.nowMs += 1000 / perSecond;
      this.credit = Math.min(10, this.credit + this.perSecond / perSecond);
      this.wanted++;
      if (this.throttle.rejects(this.nowMs)) this.heldBack++;
      else {
        this.throttle.started(this.nowMs);
        if (this.credit >= 1) {
          this.credit--;
          this.accepted++;
        } else this.throttle.failed(Reason.overloaded, this.nowMs);
      }
    }
  }

  forget(): void {
    this.wanted = 0;
    this.heldBack = 0;
    this.accepted = 0;
  }
}

const on = new Set<Reason>([Reason.overloaded]);

describe('the throttle before a dependency that accepts so many a second', () => {
  it('holds back 1 − k × accepted / wanted, and the dependency loses nothing by it', () => {
    const trial = fc.record({
      k: fc.constantFrom(1.2, 1.5, 2, 3),
      capacity: fc.integer({ min: 20, max: 200 }),
      times: fc.constantFrom(0.5, 1, 1.4, 2, 3, 6, 9),
      seed: fc.nat(1000),
    });
    fc.assert(
      fc.property(trial, ({ k, capacity, times, seed }) => {
        const of = { k, withinMs: 10_000, shareMax: 0.9, minimumPerSecond: 5, on };
        const dependency = new Dependency(throttleOf(of, seed), capacity);
        dependency.want(times * capacity, 20);
        dependency.forget();
        dependency.want(times * capacity, 60);
        const { wanted, heldBack, accepted } = dependency;
        const expected = Math.min(0.9, Math.max(0, 1 - k / times));
        expect(Math.abs(heldBack / wanted - expected)).toBeLessThan(0.05);
        expect(accepted / wanted).toBeGreaterThan(0.95 * Math.min(1, 1 / times));
      }),
      { numRuns: 40 },
    );
  });

  it('recovers: five windows after all is accepted again, nothing is held back', () => {
    const trial = fc.record({ k: fc.constantFrom(1.5, 2, 4), seed: fc.nat(1000) });
    fc.assert(
      fc.property(trial, ({ k, seed }) => {
        const of = { k, withinMs: 10_000, shareMax: 0.9, minimumPerSecond: 5, on };
        const dependency = new Dependency(throttleOf(of, seed), 0);
        dependency.want(100, 60);
        dependency.forget();
        dependency.want(100, 10);
        // A tenth goes on being sent, or nobody would notice.
        expect(dependency.heldBack).toBeLessThan(0.95 * dependency.wanted);
        expect(dependency.heldBack).toBeGreaterThan(0.8 * dependency.wanted);
        dependency.perSecond = 1000;
        dependency.want(100, 50);
        dependency.forget();
        dependency.want(100, 10);
        expect(dependency.heldBack).toBe(0);
      }),
      { numRuns: 20 },
    );
  });
});
