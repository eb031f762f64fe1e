import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ScriptedHost, hang } from '../testing/scripted-host.ts';
import { systemClock } from './system.ts';

/** What `setTimeout` can hold: 2^31 − 1 ms, 24.8 days. */
const longest = 2 ** 31 - 1;

describe('the system clock, on the timers of the machine', () => {
  it('does not run a delay beyond 31 bits at once, as setTimeout does (P11)', async () => {
    let ran = 0;
    const warnings: string[] = [];
    const note = (warning: Error): void => void warnings.push(warning.name);
    process.on('warning', note);
    const timers = [longest + 1, 2 ** 40, Infinity].map((delayMs) =>
      systemClock.after(delayMs, () => (ran += 1)),
    );
    await new Promise<void>((resolve) => {
      systemClock.after(20, resolve);
    });
    process.off('warning', note);
    for (const timer of timers) systemClock.cancel(timer);
    expect(ran).toBe(0);
    expect(warnings).toEqual([]);
  });

  it('never runs early, and runs in a later turn even for no delay', async () => {
    let turn = 'this';
    const waits = [0, -1, 0.4, 1.5, 3.999].map(
      (delayMs) =>
        new Promise<void>((resolve) => {
          const dueMs = systemClock.now() + delayMs;
          systemClock.after(delayMs, () => {
            expect(turn).toBe('later');
            expect(systemClock.now()).toBeGreaterThanOrEqual(dueMs);
            resolve();
          });
        }),
    );
    turn = 'later';
    await Promise.all(waits);
  });
});

function activeTimeouts(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
}

describe('what keeps the process alive', () => {
  it('is a pending callback, unless it is told not to', () => {
    const before = activeTimeouts();
    const timer = systemClock.after(60_000, () => {});
    expect(activeTimeouts()).toBe(before + 1);
    systemClock.keepAlive!(timer, false);
    expect(activeTimeouts()).toBe(before);
    systemClock.keepAlive!(timer, true);
    expect(activeTimeouts()).toBe(before + 1);
    systemClock.cancel(timer);
  });

  it('is an engine with a call that waits, and none whose calls have settled (P2)', () => {
    const before = activeTimeouts();
    const host = new ScriptedHost({ timeoutMs: 60_000 }, { clock: systemClock });
    const { call } = host.start([hang]);
    expect(activeTimeouts()).toBe(before + 1);
    host.engine.succeed(call, call.token);
    expect(activeTimeouts()).toBe(before);
    host.start([hang]);
    expect(activeTimeouts()).toBe(before + 1);
    for (const script of host.scripts) host.engine.cancel(script.call);
    host.engine.shutdown();
    expect(activeTimeouts()).toBe(before);
  });
});

describe('the system clock, on time that the test moves', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('arms a long delay again until it is due (P11)', () => {
    let ran = 0;
    systemClock.after(2.5 * longest, () => (ran += 1));
    vi.advanceTimersByTime(2.5 * longest - 2);
    expect(ran).toBe(0);
    vi.advanceTimersByTime(3);
    expect(ran).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('cancels a long delay after it was armed again', () => {
    let ran = 0;
    const timer = systemClock.after(2 * longest, () => (ran += 1));
    vi.advanceTimersByTime(1.5 * longest);
    systemClock.cancel(timer);
    systemClock.cancel(timer);
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(longest);
    expect(ran).toBe(0);
  });

  it('takes a cancel after the callback ran', () => {
    let ran = 0;
    const timer = systemClock.after(5, () => (ran += 1));
    vi.advanceTimersByTime(6);
    systemClock.cancel(timer);
    expect(ran).toBe(1);
  });
});
