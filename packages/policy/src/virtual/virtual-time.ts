/**
 * Time and chance for the tests of your own code.
 *
 * @packageDocumentation
 */
import type { Random } from '../random/random.ts';
import { stream } from '../random/streams.ts';
import { nextTurn } from '../time/system.ts';
import { VirtualClock } from './virtual-clock.ts';

export { VirtualClock } from './virtual-clock.ts';
export type { Random } from '../random/random.ts';

/**
 * Time and chance for the tests of your own code: hand it to `policy` as its second argument.
 * Nothing happens until you let time pass, and the same seed gives the same delays.
 */
export class VirtualTime {
  /** For code that takes a clock of its own; `policy` takes the whole. */
  readonly clock: VirtualClock = new VirtualClock();
  /** Dice from the seed. */
  readonly random: Random;

  /** @param seed Another seed gives other dice. Default 1. */
  constructor(seed: number = 1) {
    this.random = stream(seed, 'test', 'policy');
  }

  /**
   * Lets time pass, in milliseconds. What falls due on the way runs at its time, and whatever your
   * promises do then is done before time goes on.
   */
  async advance(byMs: number): Promise<void> {
    const untilMs = this.clock.now() + byMs;
    await nextTurn();
    while (this.clock.nextMs <= untilMs) {
      this.clock.advanceTo(this.clock.nextMs);
      await nextTurn();
    }
    this.clock.advanceTo(untilMs);
    await nextTurn();
  }
}
