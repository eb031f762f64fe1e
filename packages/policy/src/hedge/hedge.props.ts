import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call } from '../call/call.ts';
import type { CallObserver } from '../call/host.ts';
import { Reason } from '../call/reason.ts';
import { interleavingWithHedge } from '../testing/arbitrary.ts';
import type { Interleaving } from '../testing/arbitrary.ts';
import { hostOf, play } from '../testing/interleaving.ts';
import type { ScriptedHost } from '../testing/scripted-host.ts';

/** Virtual time is rounded to whole nanoseconds. */
const TOLERANCE_MS = 1e-6;

function played(trial: Interleaving, observer: CallObserver = {}): ScriptedHost {
  const host = hostOf(trial, { observer });
  play(trial, host);
  return host;
}

describe('with hedges, whatever happens, in whatever order', () => {
  it('P1, P3: every call settles once, and each slot comes back', () => {
    let hedges = 0;
    fc.assert(
      fc.property(interleavingWithHedge, (trial) => {
        let wrong = 0;
        const host = hostOf(trial);
        play(trial, host, () => {
          if (host.engine.inFlight !== host.inFlight) wrong++;
        });
        // The host takes note of what is started, settled or cancelled twice, or beside nothing.
        expect([wrong, host.violations]).toEqual([0, []]);
        expect([host.engine.inFlight, host.engine.queued, host.clock.pending]).toEqual([0, 0, 0]);
        for (const script of host.scripts) expect(script.outcome).not.toBe('pending');
        hedges += host.log.filter((line) => /\d hedge/.test(line)).length;
      }),
      { numRuns: 500 },
    );
    expect(hedges).toBeGreaterThan(200);
  });

  it('a call succeeds in the instant in which the first of its attempts does', () => {
    fc.assert(
      fc.property(interleavingWithHedge, (trial) => {
        const winners = new Map<Call, number>();
        const host: ScriptedHost = hostOf(trial, {
          observer: {
            attemptEnded: (call, reason) => {
              const whole = call.hedgeOf ?? call;
              if (reason === Reason.none) winners.set(whole, host.clock.now());
              // Whoever is overtaken is overtaken by a success, in the same instant.
              if (reason === Reason.overtaken) {
                expect(winners.get(whole)).toBe(host.clock.now());
              }
            },
          },
        });
        host.onSettled = ({ call, outcome, settledMs }) => {
          expect(outcome === 'succeeded').toBe(winners.has(call));
          if (outcome === 'succeeded') expect(settledMs).toBe(winners.get(call));
          winners.delete(call);
        };
        play(trial, host);
      }),
    );
  });

  it('at most one runs beside the attempt of a call, after its delay, in a slot of its own', () => {
    fc.assert(
      fc.property(interleavingWithHedge, (trial) => {
        const { hedge, limit } = trial.settings;
        const beside = new Set<Call>();
        const host: ScriptedHost = hostOf(trial, {
          observer: {
            attemptStarted: (call, queueWaitMs) => {
              if (call.hedgeOf === undefined) return;
              const { hedgeOf } = call;
              expect(beside.has(hedgeOf)).toBe(false);
              beside.add(hedgeOf);
              expect(hedgeOf.phase).toBe('running');
              expect(hedgeOf.hedges).toBeLessThanOrEqual(hedge!.most);
              expect(queueWaitMs).toBe(0);
              const aloneMs = host.clock.now() - hedgeOf.attemptStartMs;
              const delayMs = typeof hedge!.delay === 'number' ? hedge!.delay : 0;
              expect(aloneMs).toBeGreaterThanOrEqual(delayMs - TOLERANCE_MS);
              // Only the probes of a breaker take one slot more than there are.
              if (limit !== undefined && trial.settings.breaker === undefined) {
                expect(host.engine.inFlight).toBeLessThanOrEqual(host.engine.limit);
              }
            },
            attemptEnded: (call) => void (call.hedgeOf && beside.delete(call.hedgeOf)),
          },
        });
        play(trial, host);
        expect(beside.size).toBe(0);
      }),
    );
  });

  it('a call whose hedges the budget refuses ends as its own attempts do', () => {
    fc.assert(
      fc.property(interleavingWithHedge, (trial) => {
        const { retry: _retry, hedge, ...rest } = trial.settings;
        const budget = { share: 0, floorPerSecond: 0, withinMs: 1000 };
        const settings = { ...rest, hedge: { ...hedge!, budget } };
        const host = played({ ...trial, settings });
        expect(host.violations).toEqual([]);
        for (const { attempts } of host.scripts) expect(attempts).toBeLessThanOrEqual(1);
        const ended = new Map<Call, Reason>();
        const again: ScriptedHost = hostOf(
          { ...trial, settings },
          { observer: { attemptEnded: (call, reason) => void ended.set(call, reason) } },
        );
        again.onSettled = ({ call, outcome }) => {
          expect(outcome === 'succeeded').toBe(ended.get(call) === Reason.none);
          ended.delete(call);
        };
        play(trial, again);
      }),
    );
  });
});
