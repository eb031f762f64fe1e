import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Call } from '../call/call.ts';
import type { EndpointSettings, OutlierSettings } from '../call/settings.ts';
import { portable } from '../random/elementary.ts';
import { stream } from '../random/streams.ts';
import { Endpoints } from './endpoints.ts';
import type { EndpointResult } from './endpoints.ts';
import { Outliers } from './outliers.ts';

const outliers: fc.Arbitrary<OutlierSettings> = fc.record({
  consecutiveFailures: fc.constantFrom(1, 2, 5),
  intervalMs: fc.constantFrom(50, 200),
  successRate: fc.constant({ deviations: 1, requests: 2, endpoints: 2 }),
  failureShare: fc.constant({ share: 0.5, requests: 2, endpoints: 2 }),
  ejectMs: fc.constantFrom(20, 100),
  ejectMaxMs: fc.constantFrom(100, 300),
  shareMax: fc.constantFrom(0, 0.34, 0.5, 1),
});

const settings: fc.Arbitrary<EndpointSettings> = fc.record(
  {
    balance: fc.constantFrom(
      'peak-ewma',
      'round-robin',
      'random',
      'least-in-flight',
      'two-choices',
    ),
    decayMs: fc.constantFrom(10, 10_000),
    failurePenaltyMs: fc.constantFrom(0, 1000),
    outliers,
  },
  { requiredKeys: ['balance', 'decayMs', 'failurePenaltyMs', 'outliers'] },
);

type Step =
  | { readonly kind: 'begin'; readonly retries: boolean }
  | { readonly kind: 'end'; readonly which: number; readonly result: EndpointResult }
  | { readonly kind: 'set'; readonly ids: readonly number[] };

const ids = fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 });
const results = fc.constantFrom<EndpointResult>('success', 'failure', 'failure', 'cut-off');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({ kind: fc.constant('begin' as const), retries: fc.boolean() }),
  },
  {
    weight: 10,
    arbitrary: fc.record({ kind: fc.constant('end' as const), which: fc.nat(9), result: results }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('set' as const), ids }) },
);
const gaps = fc.constantFrom(0, 1, 5, 30, 200);
const steps = fc.array(fc.tuple(gaps, step), { minLength: 1, maxLength: 120, size: 'max' });

/** What an observer knows: who is out, and until when. */
class Watched {
  readonly out = new Map<number, number>();
  readonly ejections: { readonly id: number; readonly forMs: number }[] = [];
  readonly running: Call[] = [];
  readonly endpoints: Endpoints;
  nowMs: number = 0;
  ids: readonly number[];

  constructor(of: EndpointSettings, first: readonly number[]) {
    this.ids = first;
    this.endpoints = new Endpoints(of, {
      random: stream(1, 'endpoints', 'test'),
      analysis: portable,
      observer: {
        endpointEjected: (id, forMs) => {
          expect(this.out.has(id)).toBe(false);
          this.out.set(id, this.nowMs + forMs);
          this.ejections.push({ id, forMs });
        },
        endpointReturned: (id) => expect(this.out.delete(id)).toBe(true),
      },
    });
    this.endpoints.set(first, 0);
  }

  take(next: Step, previous: Call | undefined): Call | undefined {
    if (next.kind === 'set') {
      this.ids = next.ids;
      for (const id of this.out.keys()) if (!next.ids.includes(id)) this.out.delete(id);
      this.endpoints.set(next.ids, this.nowMs);
      return previous;
    }
    if (next.kind === 'begin') {
      const call = next.retries && previous !== undefined ? previous : new Call();
      call.attemptStartMs = this.nowMs;
      this.endpoints.begin(call, this.nowMs);
      this.running.push(call);
      return undefined;
    }
    const [call] = this.running.splice(next.which % Math.max(1, this.running.length), 1);
    if (call === undefined) return previous;
    this.endpoints.end(call, next.result, this.nowMs);
    return call;
  }
}

function play(
  of: EndpointSettings,
  first: readonly number[],
  all: readonly (readonly [number, Step])[],
  check: (watched: Watched, step: Step) => void,
): Watched {
  const watched = new Watched(of, first);
  let previous: Call | undefined;
  for (const [gapMs, next] of all) {
    watched.nowMs += gapMs;
    previous = watched.take(next, previous);
    check(watched, next);
  }
  return watched;
}

describe('endpoints, whatever happens to them', () => {
  it('are never out beyond the share, never the last one, and one of two may be', () => {
    let ejections = 0;
    fc.assert(
      fc.property(settings, ids, steps, (of, first, all) => {
        const watched = play(of, first, all, ({ out, ids: now }) => {
          expect(out.size).toBeLessThanOrEqual(Outliers.allowed(now.length, of.outliers!.shareMax));
          expect(now.length - out.size).toBeGreaterThanOrEqual(1);
        });
        ejections += watched.ejections.length;
      }),
      { numRuns: 200 },
    );
    expect(ejections).toBeGreaterThan(200);
    expect([1, 2, 3, 6, 10].map((count) => Outliers.allowed(count, 0.34))).toEqual([0, 1, 1, 2, 3]);
  });

  it('are chosen from those that are in, and not tried, as long as there are such', () => {
    fc.assert(
      fc.property(settings, ids, steps, (of, first, all) => {
        const tried = new Map<Call, Set<number>>();
        play(of, first, all, (watched, next) => {
          const call = watched.running.at(-1);
          if (next.kind !== 'begin' || call === undefined) return;
          expect(watched.ids).toContain(call.endpoint);
          expect(watched.out.has(call.endpoint)).toBe(false);
          const before = tried.get(call) ?? new Set();
          const others = watched.ids.filter((id) => !watched.out.has(id) && !before.has(id));
          // Two that came at different times may share one bit.
          if (others.length > 0 && all.every(([, { kind }]) => kind !== 'set')) {
            expect(others).toContain(call.endpoint);
          }
          tried.set(call, new Set([...before, call.endpoint]));
        });
      }),
    );
  });

  it('come back when their time is over, and are out for no longer than the most', () => {
    fc.assert(
      fc.property(settings, ids, steps, (of, first, all) => {
        const { ejectMs, ejectMaxMs } = of.outliers!;
        const watched = play(of, first, all, ({ out, nowMs }, next) => {
          if (next.kind !== 'begin') return;
          for (const untilMs of out.values()) expect(untilMs).toBeGreaterThan(nowMs);
        });
        for (const { forMs } of watched.ejections) {
          expect(forMs).toBeGreaterThanOrEqual(ejectMs);
          expect(forMs).toBeLessThanOrEqual(Math.max(ejectMs, ejectMaxMs));
          expect(forMs % ejectMs === 0 || forMs === ejectMaxMs).toBe(true);
        }
        watched.nowMs += 1000;
        watched.take({ kind: 'begin', retries: false }, undefined);
        expect(watched.out.size).toBe(0);
      }),
    );
  });

  it('have as many attempts pending as run there', () => {
    fc.assert(
      fc.property(settings, ids, steps, (of, first, all) => {
        const watched = play(of, first, all, ({ running }) => {
          const counts = new Map<unknown, number>();
          for (const { at } of running) counts.set(at, (counts.get(at) ?? 0) + 1);
          for (const { at } of running) expect(at!.pending).toBe(counts.get(at));
        });
        for (const call of watched.running.splice(0)) {
          watched.endpoints.end(call, 'success', watched.nowMs);
          expect(call.at!.pending).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('are chosen the same way twice', () => {
    fc.assert(
      fc.property(settings, ids, steps, (of, first, all) => {
        const choices = (): number[] => {
          const chosen: number[] = [];
          play(of, first, all, ({ running }, { kind }) => {
            if (kind === 'begin') chosen.push(running.at(-1)!.endpoint);
          });
          return chosen;
        };
        expect(choices()).toEqual(choices());
      }),
    );
  });
});
