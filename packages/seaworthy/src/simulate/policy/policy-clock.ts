import type { Clock, Timer } from '@seaworthy/policy';

import { NS_PER_MS } from '../chance/sampler.ts';
import type { ReplicaRuntime } from '../work/replica.ts';
import { EventKind, eventFor } from '../time/event-kind.ts';
import type { World } from '../world.ts';

/**
 * Virtual time for one policy engine. An engine arms one timer at most, so that one sequence number
 * is all there is to keep. When the caller's process stands still its timers do, too.
 */
export class PolicyClock implements Clock {
  readonly #world: World;
  readonly #payload: number;
  readonly #replica: ReplicaRuntime | undefined;
  #armed = 0;
  #run: (() => void) | undefined = undefined;

  constructor(world: World, index: number, replica: ReplicaRuntime | undefined) {
    this.#world = world;
    this.#payload = eventFor(EventKind.policy, index);
    this.#replica = replica;
  }

  now(): number {
    return this.#world.nowMs;
  }

  after(delayMs: number, run: () => void): Timer {
    const { events, nowNs } = this.#world;
    this.#run = run;
    this.#armed = events.push(nowNs + Math.max(0, Math.ceil(delayMs * NS_PER_MS)), this.#payload);
    return this.#armed;
  }

  cancel(timer: Timer): void {
    if (timer === this.#armed) this.#armed = 0;
  }

  /** An event of this clock has fired. */
  fire(sequence: number): void {
    if (sequence !== this.#armed) return;
    const pausedUntilNs = this.#replica?.pausedUntilNs ?? 0;
    if (pausedUntilNs > 0) {
      this.#armed = this.#world.events.push(pausedUntilNs, this.#payload);
      return;
    }
    this.#armed = 0;
    this.#run!();
  }
}
