import type { RandomStream } from '@seaworthy/policy/engine';

import type { Service } from '../../model/model.ts';
import { Sampler } from '../../model/chance/sampler.ts';
import { EventKind, eventFor } from '../time/event-kind.ts';
import { Phase, type ReplicaRuntime } from '../work/replica.ts';
import type { World } from '../world.ts';

interface Pause {
  readonly replica: ReplicaRuntime;
  readonly every: Sampler;
  readonly time: Sampler;
}

/** Lets replicas stand still: by themselves (garbage collection), or for a fault. */
export class Pauses {
  readonly #world: World;
  readonly #pauses: Pause[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  add(replica: ReplicaRuntime, pause: Service['pauses'][number], chance: RandomStream): void {
    const every = new Sampler(pause.every, chance);
    const time = new Sampler(pause.time, chance);
    this.#pauses.push({ replica, every, time });
  }

  start(): void {
    for (let index = 0; index < this.#pauses.length; index++) this.#schedule(index, 0);
  }

  /** The next pause of this kind begins. */
  begin(index: number): void {
    const { replica, time } = this.#pauses[index]!;
    const endNs = this.#world.nowNs + Math.round(time.next());
    this.hold(replica, endNs);
    this.#schedule(index, endNs);
  }

  /** Stands still until then, or until a later time that holds already. */
  hold(replica: ReplicaRuntime, endNs: number): void {
    const { events, nowNs } = this.#world;
    if (endNs <= replica.pausedUntilNs || endNs <= nowNs || replica.phase < Phase.ready) return;
    if (replica.pausedUntilNs === 0) replica.cores.pause(nowNs);
    replica.pauseUntil(endNs, nowNs);
    if (Number.isFinite(endNs)) events.push(endNs, eventFor(EventKind.resume, replica.index));
  }

  /** A pause is over, unless it was prolonged. */
  end(replica: ReplicaRuntime): void {
    const { nowNs } = this.#world;
    if (replica.pausedUntilNs === 0 || replica.pausedUntilNs > nowNs) return;
    replica.pauseUntil(0, nowNs);
    replica.cores.resume(nowNs);
    for (const timer of replica.heldTimers.splice(0)) timer.release();
    if (replica.line.length > 0) this.#world.makeReady(replica);
  }

  #schedule(index: number, fromNs: number): void {
    const atNs = fromNs + Math.max(1, Math.round(this.#pauses[index]!.every.next()));
    this.#world.events.push(atNs, eventFor(EventKind.pause, index));
  }
}
