import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interleaving } from '../testing/arbitrary.ts';
import type { Interleaving } from '../testing/arbitrary.ts';
import { hostOf, play } from '../testing/interleaving.ts';
import type { ScriptedHost } from '../testing/scripted-host.ts';
import type { Call } from './call.ts';
import type { CallObserver } from './host.ts';
import { Reason, isLocalRejection } from './reason.ts';

function played(trial: Interleaving, check?: (host: ScriptedHost) => void): ScriptedHost {
  const host = hostOf(trial);
  play(trial, host, () => check?.(host));
  return host;
}

/** Plays it with an observer that gets to know the host. */
function observed(trial: Interleaving, observe: (host: () => ScriptedHost) => CallObserver): void {
  const host: ScriptedHost = hostOf(trial, { observer: observe(() => host) });
  play(trial, host);
}

describe('whatever happens, in whatever order', () => {
  it('P1: the slots that are held are the attempts that run, and none is lost', () => {
    fc.assert(
      fc.property(interleaving, (trial) => {
        let wrong = 0;
        const host = played(trial, (at) => {
          if (at.engine.inFlight !== at.inFlight) wrong++;
        });
        expect(wrong).toBe(0);
        expect(host.violations).toEqual([]);
        expect([host.engine.inFlight, host.engine.queued]).toEqual([0, 0]);
      }),
      { numRuns: 300 },
    );
  });

  it('P2: no timer is armed once every call has settled', () => {
    fc.assert(
      fc.property(interleaving, (trial) => {
        expect(played(trial).clock.pending).toBe(0);
      }),
    );
  });

  it('P3: every call settles once, and nothing happens to it afterwards', () => {
    fc.assert(
      fc.property(interleaving, (trial) => {
        const host = played(trial);
        // The host takes note of a second settling, and of every callback after the first.
        expect(host.violations).toEqual([]);
        for (const script of host.scripts) expect(script.outcome).not.toBe('pending');
      }),
    );
  });

  it('P3: a call that its caller leaves settles in the same turn, and no fallback runs', () => {
    fc.assert(
      fc.property(interleaving, (trial) => {
        const host = played(trial);
        expect(host.violations).toEqual([]);
        for (const { reason, outcome } of host.scripts) {
          if (reason === Reason.cancelled) expect(outcome).toBe('failed');
        }
      }),
    );
  });

  it('tells the observer of the end of each attempt, once, and never after the call', () => {
    fc.assert(
      fc.property(interleaving, (trial) => {
        const running = new Set<Call>();
        observed(trial, () => ({
          attemptStarted: (call) => {
            expect(running.has(call)).toBe(false);
            running.add(call);
          },
          attemptEnded: (call) => {
            expect(running.delete(call)).toBe(true);
            expect(call.outcome).toBe('pending');
          },
        }));
        expect(running.size).toBe(0);
      }),
    );
  });

  it('starts no attempt at or after the deadline, and none beyond the number that is set', () => {
    fc.assert(
      fc.property(interleaving, (trial) => {
        const { retry, hedge } = trial.settings;
        const attemptsMax = retry?.attempts ?? 1 + (hedge?.most ?? 0);
        observed(trial, (host) => ({
          attemptStarted: (call) => {
            expect(host().clock.now()).toBeLessThan(call.deadlineMs);
            expect(call.attempt).toBeLessThanOrEqual(attemptsMax);
          },
        }));
      }),
    );
  });

  it('never tries again after a local rejection', () => {
    fc.assert(
      fc.property(interleaving, (trial) => {
        const rejected = new Set<Call>();
        observed(trial, () => ({
          attemptStarted: (call) => {
            // A hedge is not decided for the failure of an attempt.
            if (call.hedgeOf !== undefined) return;
            if (call.attempt > 1) expect(rejected.has(call)).toBe(false);
            rejected.delete(call);
          },
          attemptEnded: (call, reason) => {
            if (isLocalRejection(reason)) rejected.add(call.hedgeOf ?? call);
          },
          retryScheduled: (call) => expect(isLocalRejection(call.reason)).toBe(false),
        }));
      }),
    );
  });

  it('happens the same way twice', () => {
    fc.assert(
      fc.property(interleaving, (trial) => {
        expect(played(trial).log).toEqual(played(trial).log);
      }),
    );
  });
});
