import * as fc from 'fast-check';
import { after } from './promises.ts';
import type { TestTime } from './promises.ts';

/** What functions that fail fail with. */
export const down: Error = new Error('down');

/** How one attempt behaves: after how long, and how it ends. */
export interface Behaviour {
  /** Below 0: at once, and without a promise. */
  readonly takesMs: number;
  /**
   * `deaf` and `deaf-fail` go on when nobody waits any more, and end then as they would have;
   * `thenable` is no promise of the platform, and deaf as well.
   */
  readonly end: 'answer' | 'fail' | 'nothing' | 'thenable' | 'deaf' | 'deaf-fail';
}

export const behaviour: fc.Arbitrary<Behaviour> = fc.record({
  takesMs: fc.constantFrom(-1, 0, 1, 5, 20),
  end: fc.constantFrom('answer', 'answer', 'fail', 'nothing', 'thenable', 'deaf', 'deaf-fail'),
});

/** Behaves so, as the function of a policy: throws, gives, or promises. */
export function perform(
  time: TestTime,
  { takesMs, end }: Behaviour,
  signal: AbortSignal,
  ended: () => void = () => {},
): unknown {
  const give = (): unknown => {
    if (end === 'fail' || end === 'deaf-fail') throw down;
    return end === 'nothing' ? undefined : 'answer';
  };
  if (takesMs < 0) {
    ended();
    return give();
  }
  const whole = after(time, takesMs, give);
  if (end === 'deaf' || end === 'deaf-fail') return whole.finally(ended);
  if (end === 'thenable') {
    const counted = whole.finally(ended);
    // oxlint-disable-next-line unicorn/no-thenable -- what is not a promise of ours must work, too
    return { then: counted.then.bind(counted) };
  }
  const aborted = new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
  return Promise.race([whole, aborted]).finally(ended);
}
