import { NS_PER_MS } from '../chance/sampler.ts';
import type { ReplicaRuntime } from '../work/replica.ts';
import type { World } from '../world.ts';

/** How the process of a replica ends, and how a new one begins. */
export class Processes {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Ends with all it holds: its work is reset, and its policies forget everything. */
  end(replica: ReplicaRuntime): void {
    const { departures, edges } = this.#world;
    departures.kill(replica);
    for (const edge of edges) {
      const { from } = edge.model;
      const isCaller = from.kind === 'service' && from.index === replica.service.index;
      if (isCaller) edge.restart(replica.number);
    }
  }

  /** A new one takes requests from now on, and is cold. */
  begin(replica: ReplicaRuntime): void {
    const { nowNs } = this.#world;
    const { slower, warmUpMs } = replica.service.model.startUp;
    if (slower > 1) replica.warmAtNs = nowNs + Math.round(warmUpMs * NS_PER_MS);
  }
}
