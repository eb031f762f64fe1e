import { Place } from './requests.ts';
import { Operation, type Program } from './program.ts';
import type { World } from '../world.ts';

const NONE = -1;

/** What a step about rows has come to. */
export const RowStep = { done: 0, waits: 1, conflict: 2 } as const;

/** The steps that lock, read and write rows, and what becomes of locks when a request ends. */
export class RowSteps {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  run(request: number, program: Program, at: number): number {
    const { rows, nowNs } = this.#world;
    const some = rows[program.targets[at]!]!;
    switch (program.operations[at]!) {
      case Operation.lock: {
        if (some.lock(request, pick(program, at, some.model.count), nowNs)) return RowStep.done;
        this.#world.requests.place[request] = Place.locking;
        const maxWaitNs = program.maxWaits[at]!;
        if (maxWaitNs > 0) this.#world.schedule(request, nowNs + maxWaitNs);
        return RowStep.waits;
      }
      case Operation.unlock:
        this.#handOver(some.release(request, nowNs));
        return RowStep.done;
      case Operation.read:
        some.read(request, pick(program, at, some.model.count));
        return RowStep.done;
      default:
        return some.write(this.#reader(request, program.levels[at]!))
          ? RowStep.done
          : RowStep.conflict;
    }
  }

  /** A request stops to wait for the lock of its last step. */
  leave(request: number): void {
    const { requests, replicas, rows, nowNs } = this.#world;
    const { program } = replicas[requests.replica[request]!]!.service;
    rows[program.targets[requests.step[request]! - 1]!]!.leave(request, nowNs);
  }

  /** A request, or a branch of one, ends: whatever it has locked is free for the next. */
  releaseAll(request: number): void {
    const { rows, nowNs } = this.#world;
    for (const some of rows) this.#handOver(some.release(request, nowNs));
  }

  /** By an event, so that a long line of short locks cannot overflow the stack. */
  #handOver(next: number): void {
    if (next === NONE) return;
    const { requests, nowNs } = this.#world;
    requests.place[next] = Place.waiting;
    this.#world.schedule(next, nowNs);
  }

  /** The request or branch that did the `read` of a `write`. */
  #reader(request: number, levels: number): number {
    const { requests } = this.#world;
    let reader = request;
    for (let level = 0; level < levels; level++) reader = requests.parent[reader]!;
    return reader;
  }
}

function pick(program: Program, at: number, count: number): number {
  return count === 1 ? 0 : Math.floor(program.chance[at]!.next() * count);
}
