import { Reason } from '@seaworthy/policy/engine';

import { NO_KEY } from '../policy/simulated-call.ts';
import { Place } from './requests.ts';
import { Operation, type Program } from './program.ts';
import type { World } from '../world.ts';

const NONE = -1;

/** The step waits, and another event goes on with the request. */
export const WAITS = -1;

/**
 * The steps about what requests share: those that lock, read and write rows, and those that publish
 * messages. And what becomes of locks when a request ends.
 */
export class SharedSteps {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** What the step has come to: `Reason.none`, why the request fails, or `WAITS`. */
  run(request: number, program: Program, at: number): Reason | typeof WAITS {
    if (program.operations[at] === Operation.publish) return this.#publish(request, program, at);
    const { rows, nowNs } = this.#world;
    const some = rows[program.targets[at]!]!;
    switch (program.operations[at]!) {
      case Operation.lock: {
        if (some.lock(request, this.#pick(request, program, at), nowNs)) return Reason.none;
        this.#world.requests.place[request] = Place.locking;
        const maxWaitNs = program.maxWaits[at]!;
        if (maxWaitNs > 0) this.#world.schedule(request, nowNs + maxWaitNs);
        return WAITS;
      }
      case Operation.unlock:
        this.#handOver(some.release(request, nowNs));
        return Reason.none;
      case Operation.read:
        some.read(request, this.#pick(request, program, at));
        return Reason.none;
      default:
        return some.write(this.#reader(request, program.levels[at]!))
          ? Reason.none
          : Reason.conflict;
    }
  }

  #publish(request: number, program: Program, at: number): Reason {
    const chance = program.chance[at];
    if (chance !== undefined && chance.next() >= program.probabilities[at]!) return Reason.none;
    const { queues, replicas, requests } = this.#world;
    const queue = queues[program.targets[at]!]!;
    const { service } = replicas[requests.replica[request]!]!;
    return queue.publish(this.#key(request), service.index) || program.optional[at]!
      ? Reason.none
      : Reason.overloaded;
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

  /** What is about the same is in the same row; without keys, any row. */
  #pick(request: number, program: Program, at: number): number {
    const { count } = this.#world.rows[program.targets[at]!]!.model;
    if (count === 1) return 0;
    const key = this.#key(request);
    return key === NO_KEY ? Math.floor(program.chance[at]!.next() * count) : key % count;
  }

  #key(request: number): number {
    const { requests } = this.#world;
    return requests.taskKey[requests.root(request)]!;
  }
}
