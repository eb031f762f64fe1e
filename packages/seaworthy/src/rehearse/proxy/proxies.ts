import type { Clock } from '@seaworthy/policy';

import { Edge, type EdgeParts, type EdgeSettings } from './edge.ts';
import type { FaultSettings } from './fault.ts';
import { Journal } from './journal.ts';

export interface ProxiesOptions {
  readonly clock: Clock;
  /** All dice come from it. */
  readonly seed: number;
  readonly journal?: Journal;
}

/** An edge with its faults, as it is asked for. */
export interface EdgePlan {
  readonly edge: EdgeSettings;
  /** Undefined: those that are up stay, on a new edge none. */
  readonly faults: readonly FaultSettings[] | undefined;
  /** Whether it listens. */
  readonly enabled: boolean;
}

/** All edges of this process. */
export class Proxies {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly #parts: EdgeParts;
  readonly #edges = new Map<string, Edge>();

  constructor({ clock, seed, journal = new Journal() }: ProxiesOptions) {
    this.clock = clock;
    this.journal = journal;
    this.#parts = { clock, seed, journal, startMs: clock.now() };
  }

  get edges(): readonly Edge[] {
    return [...this.#edges.values()];
  }

  get(name: string): Edge | undefined {
    return this.#edges.get(name);
  }

  /**
   * Makes the edges, all or none of them, with their faults up before the first connection. One
   * that is there already at the same addresses keeps its connections and, where `faults` are left
   * out, its faults; at others it moves.
   *
   * @throws what listening says, such as EADDRINUSE; then those that are new have gone again.
   */
  async put(plans: readonly EdgePlan[]): Promise<readonly Edge[]> {
    const made: Edge[] = [];
    try {
      const edges: Edge[] = [];
      for (const plan of plans) edges.push(await this.#putOne(plan, made));
      return edges;
    } catch (error) {
      for (const edge of made) await this.remove(edge.name);
      throw error;
    }
  }

  async #putOne({ edge: settings, faults, enabled }: EdgePlan, made: Edge[]): Promise<Edge> {
    const existing = this.#edges.get(settings.name);
    const edge = existing ?? new Edge(settings, this.#parts);
    if (existing === undefined) made.push(edge);
    this.#edges.set(edge.name, edge);
    if (faults !== undefined) await edge.replaceFaults(faults);
    if (!edge.isAt(settings.listen, settings.upstream)) {
      await edge.move(settings.listen, settings.upstream);
    }
    if (enabled) await edge.start();
    else await edge.stop();
    return edge;
  }

  /** Takes an edge away with its faults and connections; false: there is none of this name. */
  async remove(name: string): Promise<boolean> {
    const edge = this.#edges.get(name);
    if (edge === undefined) return false;
    this.#edges.delete(name);
    await edge.remove();
    return true;
  }

  /** No faults, and every edge listens. */
  async reset(): Promise<void> {
    for (const edge of this.edges) {
      await edge.replaceFaults([]);
      if (!edge.isStarted) await edge.start();
    }
  }

  /** Everything goes. */
  async stop(): Promise<void> {
    for (const edge of this.edges) await this.remove(edge.name);
  }
}
