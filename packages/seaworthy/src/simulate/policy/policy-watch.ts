import type { PolicyState } from '../measure/edge-meter.ts';
import { Phase } from '../work/replica.ts';
import type { World } from '../world.ts';
import type { EdgeRuntime } from './edge.ts';

/** An adaptive limit moves all the time; half as much again is worth a line in the journal. */
const TOLD_FACTOR = 1.5;

/** Looks at the policies of all callers of an edge, for the signals. */
export class PolicyWatch {
  readonly #world: World;
  readonly #edge: EdgeRuntime;
  readonly #limited: boolean;
  readonly #adaptive: boolean;
  /** The adaptive limit, mean of all callers, when the journal last told of it; 0: never. */
  #limitTold = 0;
  /** How many wait in the queue of each caller's limit, when last looked at. */
  readonly #queued: Float64Array;

  constructor(world: World, edge: EdgeRuntime, callers: number) {
    const { limit } = edge.model.policy;
    this.#world = world;
    this.#edge = edge;
    this.#limited = limit !== undefined;
    this.#adaptive = typeof limit?.concurrency === 'object';
    this.#queued = new Float64Array(callers);
  }

  /** Summed over all callers that are there, at this moment. */
  state(): PolicyState {
    const { engines, sharedBudget, model } = this.#edge;
    let limit = 0;
    let open = 0;
    let callers = 0;
    let normal = 0;
    let normalMs = 0;
    let budgetLeft = sharedBudget === undefined ? 0 : engines[0]!.budgetLeft;
    for (const [caller, engine] of engines.entries()) {
      this.queue(caller);
      if (!this.#isThere(caller)) continue;
      callers++;
      limit += engine.limit;
      const { fallbackNormalMs } = engine;
      if (fallbackNormalMs > 0) normal++;
      normalMs = Math.max(normalMs, fallbackNormalMs);
      if (engine.breakerState !== 'closed') open++;
      if (sharedBudget === undefined) budgetLeft += engine.budgetLeft;
    }
    const { retry, hedge } = model.policy;
    if ((retry?.budget ?? hedge?.budget) === undefined) budgetLeft = -1;
    if (this.#adaptive && callers > 0) this.#tellLimit(limit / callers);
    return {
      limit,
      breakerOpenShare: callers > 0 ? open / callers : 0,
      budgetLeft,
      fallbackNormalShare: callers > 0 ? normal / callers : 0,
      fallbackNormalMs: normalMs,
    };
  }

  /** The queue of a caller's limit may have changed. One that joins for a retry is seen later. */
  queue(caller: number): void {
    if (!this.#limited) return;
    const { queued } = this.#edge.engines[caller]!;
    const before = this.#queued[caller]!;
    if (queued === before) return;
    this.#queued[caller] = queued;
    this.#edge.meter.queue.change(queued - before, this.#world.nowNs);
  }

  /** Tells of an adaptive limit, the mean of all callers, that has moved much. */
  #tellLimit(limit: number): void {
    const told = this.#limitTold;
    if (told > 0 && limit < told * TOLD_FACTOR && limit * TOLD_FACTOR > told) return;
    if (told > 0) this.#world.journal.limitMoved(this.#edge, told, limit);
    this.#limitTold = limit;
  }

  /** Clients always are; places of replicas can be empty. */
  #isThere(caller: number): boolean {
    const { from } = this.#edge.model;
    if (from.kind === 'source') return true;
    return this.#world.services[from.index]!.replicas[caller]!.phase !== Phase.absent;
  }
}
