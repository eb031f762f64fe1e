import type { Clock } from '../time/clock.ts';
import type { Random } from '../random/random.ts';
import { stream } from '../random/streams.ts';
import { nextTurn, systemClock } from '../time/system.ts';
import { VirtualTime } from '../virtual/virtual-time.ts';

/** Time that a test lets pass: virtual, or that of the machine. */
export interface TestTime {
  readonly clock: Clock;
  readonly random: Random;
  advance(byMs: number): Promise<void>;
}

/** The timers of the machine: a test waits as long as it says. */
export class RealTime implements TestTime {
  /** How late callbacks ran, all together: what says how much a test by the clock can say. */
  lateMs: number = 0;
  readonly clock: Clock = {
    ...systemClock,
    after: (delayMs, run) => {
      const dueMs = systemClock.now() + delayMs;
      return systemClock.after(delayMs, () => {
        this.lateMs += systemClock.now() - dueMs;
        run();
      });
    },
  };
  readonly random: Random = stream(1, 'test', 'policy');

  async advance(byMs: number): Promise<void> {
    if (byMs > 0) await after(this, byMs, () => undefined);
    await nextTurn();
  }
}

/** What must hold by both: for `describe.each`. */
export const bothTimes: readonly (readonly [string, () => TestTime])[] = [
  ['in virtual time', () => new VirtualTime()],
  ['by real timers', () => new RealTime()],
];

/** Settles as `give` does, after so long. */
export function after<T>(
  time: Pick<TestTime, 'clock'>,
  delayMs: number,
  give: () => T,
): Promise<T> {
  return new Promise((resolve, reject) => {
    time.clock.after(delayMs, () => {
      try {
        resolve(give());
      } catch (error) {
        reject(error);
      }
    });
  });
}

/** No answer, ever, and deaf to its signal. */
export function never(): Promise<never> {
  return new Promise(() => {});
}

/** What a promise has come to. */
export interface Seen {
  state: 'pending' | 'resolved' | 'rejected';
  value: unknown;
}

/** What a promise has come to so far; its rejection is handled by this. */
export function watch(promise: Promise<unknown>): Seen {
  const seen: Seen = { state: 'pending', value: undefined };
  promise.then(
    (value) => Object.assign(seen, { state: 'resolved', value }),
    (error: unknown) => Object.assign(seen, { state: 'rejected', value: error }),
  );
  return seen;
}
