import type { Cache, CacheAnswer, Call, RandomStream, Task } from '@seaworthy/policy/engine';

import type { Edge } from '../../model/model.ts';
import type { ZipfSampler } from '../chance/zipf.ts';
import type { World } from '../world.ts';
import { EdgeRuntime } from './edge.ts';
import type { EdgeParts } from './edge-parts.ts';
import { NO_KEY, type SimulatedCall, Waiter } from './simulated-call.ts';

/** What an edge with a cache has besides. */
export interface CachedEdgeParts extends EdgeParts {
  /** Undefined: calls ask for what their task is about. */
  readonly keys: ZipfSampler | undefined;
  /** For what the caches hold at the start, and what a flush takes. */
  readonly chance: RandomStream;
}

/** An edge whose callers have caches, each its own or one for all. */
export class CachedEdge extends EdgeRuntime {
  readonly #world: World;
  readonly #keys: ZipfSampler | undefined;
  readonly #chance: RandomStream;

  constructor(world: World, model: Edge, index: number, parts: CachedEdgeParts) {
    super(world, model, index, parts);
    this.#world = world;
    this.#keys = parts.keys;
    this.#chance = parts.chance;
  }

  override begin(call: SimulatedCall, caller: number, task: Task | undefined): void {
    const key = this.#keys === undefined ? call.taskKey : this.#keys.next();
    call.key = key === NO_KEY ? undefined : key;
    super.begin(call, caller, task);
  }

  override restart(caller: number): void {
    const dying = this.engines[caller]!;
    super.restart(caller);
    dying.abandonFlights();
  }

  /**
   * Fills the caches of the first callers with the most popular keys, as they would be after a long
   * time: with answers of every age. Those asked for least were used longest ago. Callers that come
   * later, in a deploy, begin with nothing.
   */
  fill(callers: number, count: number): void {
    const { ttlMs, jitter } = this.model.policy.cache!;
    // Older than the shortest life, some would be gone already.
    const oldestMs = ttlMs * (1 - jitter);
    for (const cache of this.#caches(callers)) {
      for (let key = count - 1; key >= 0; key--) {
        cache.store(key, undefined, undefined, -oldestMs * this.#chance.next());
      }
    }
  }

  /** The caches lose this share of what they hold. */
  flush(share: number): void {
    for (const cache of this.#caches()) {
      if (share >= 1) cache.clear();
      else {
        for (const key of cache.keys()) if (this.#chance.next() < share) cache.forget(key);
      }
    }
  }

  flightCall(first: Call): SimulatedCall {
    const { caller, taskKey, key } = first as SimulatedCall;
    const call = this.#world.calls.take();
    call.waiter = Waiter.flight;
    call.edge = this.index;
    call.caller = caller;
    call.taskKey = taskKey;
    call.key = key;
    call.trail = (first as SimulatedCall).trail;
    this.meter.cache.flightBegan(key as number, this.#world.nowNs);
    return call;
  }

  flightEnded(call: Call): void {
    this.meter.cache.flightEnded(call.key as number);
    this.watch.queue((call as SimulatedCall).caller);
    this.#world.calls.release(call as SimulatedCall);
  }

  cacheAnswered(_call: Call, how: CacheAnswer): void {
    this.meter.cache.count(how);
  }

  cacheRescued(): void {
    this.meter.cache.count('rescued');
  }

  refreshStarted(): void {
    this.meter.cache.count('refresh');
  }

  refreshStopped(): void {
    this.meter.cache.count('refresh-stopped');
  }

  #caches(callers: number = this.engines.length): readonly Cache[] {
    return [...new Set(this.engines.slice(0, callers).map((engine) => engine.cached!))];
  }
}
