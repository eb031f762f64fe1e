import type { Clock, Timer } from '@seaworthy/policy/engine';

import { NS_PER_MS } from '../../model/chance/sampler.ts';
import type { HeldTimer, ReplicaRuntime } from '../work/replica.ts';
import { EventKind, eventFor } from '../time/event-kind.ts';
import type { World } from '../world.ts';

/**
 * Virtual time for one policy engine. An engine arms one timer at most, so that one sequence number
 * is all there is to keep. When the caller's process stands still its timers do, too; what fell due
 * meanwhile runs first of all when it goes on, before the answers that have come: an event loop
 * looks at its timers before it looks at its sockets.
 */
export class PolicyClock implements Clock, HeldTimer {
  readonly #world: World;
  readonly #payload: number;
  readonly #replica: ReplicaRuntime | undefined;
  #armed = 0;
  /** The event that fired while the process stood still. */
  #held = -1;
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
    const replica = this.#replica;
    if (replica !== undefined && replica.pausedUntilNs > 0) {
      this.#held = sequence;
      replica.heldTimers.push(this);
    } else this.#fire();
  }

  release(): void {
    // Unless it was cancelled, or armed anew, meanwhile.
    if (this.#held === this.#armed) this.#fire();
  }

  #fire(): void {
    this.#armed = 0;
    this.#run!();
  }
}
