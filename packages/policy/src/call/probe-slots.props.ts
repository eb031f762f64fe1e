import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScriptedHost, defaults, hang, success } from '../testing/scripted-host.ts';
import type { Act } from '../testing/scripted-host.ts';
import { Reason } from './reason.ts';

const timeoutMs = 3;

/** Hangs; and, given up, goes on for so long all the same, because it ignores its signal. */
function deaf(lateMs: number): Act {
  return { ...hang, lateMs };
}

const trouble = fc.record({
  slots: fc.integer({ min: 1, max: 4 }),
  probes: fc.integer({ min: 1, max: 3 }),
  queue: fc.integer({ min: 0, max: 2 }),
  // Shorter than what goes on: many rounds of probes pass while the first of them still run.
  openMs: fc.constantFrom(1, 2, 5),
  calls: fc.array(
    fc.record({
      pauseMs: fc.constantFrom(0, 0, 1, 3, 8),
      act: fc.constantFrom(deaf(200), deaf(200), deaf(10), hang, success(1)),
    }),
    { minLength: 20, maxLength: 80 },
  ),
});
type Trouble = typeof trouble extends fc.Arbitrary<infer T> ? T : never;

function hostOf({ slots, probes, queue, openMs }: Trouble): ScriptedHost {
  return new ScriptedHost({
    timeoutMs,
    breaker: { ...defaults.breaker, consecutiveFailures: 1, openMs, openMaxMs: openMs, probes },
    limit: { concurrency: slots, queue: { ...defaults.queue, limit: queue } },
  });
}

describe('while functions ignore their signals, and the breaker asks again and again', () => {
  it('P1, P4: never more run at once than there are slots and probes', () => {
    let beyond = 0;
    fc.assert(
      fc.property(trouble, (of) => {
        const host = hostOf(of);
        for (const { pauseMs, act } of of.calls) {
          host.clock.advance(pauseMs);
          host.start([act]);
          expect(host.inFlight).toBeLessThanOrEqual(of.slots + of.probes);
          if (host.inFlight > of.slots) beyond++;
        }
        host.clock.advance(1000);
        expect(host.violations).toEqual([]);
        expect([host.engine.inFlight, host.engine.queued]).toEqual([0, 0]);
      }),
      { numRuns: 300 },
    );
    expect(beyond).toBeGreaterThan(0);
  });

  it('P4: the breaker closes by its probes once they have ended', () => {
    fc.assert(
      fc.property(trouble, (of) => {
        const host = hostOf(of);
        for (const { pauseMs, act } of of.calls) {
          host.clock.advance(pauseMs);
          host.start([act]);
        }
        // All that went on has ended, and the last opening is over.
        host.clock.advance(1000);
        for (let probe = 0; probe < of.probes; probe++) {
          const script = host.start([success(1)]);
          host.clock.advance(1);
          expect(script.reason).toBe(Reason.none);
        }
        expect(host.engine.breakerState).toBe('closed');
      }),
    );
  });
});
