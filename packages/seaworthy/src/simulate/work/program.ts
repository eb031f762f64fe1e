import type { RandomStream } from '@seaworthy/policy/engine';

import type { Distribution, Step } from '../../model/model.ts';
import type { DrawnAhead } from '../../model/chance/drawn-ahead.ts';
import { NS_PER_MS, Sampler } from '../../model/chance/sampler.ts';

export const Operation = {
  end: 0,
  cpu: 1,
  wait: 2,
  call: 3,
  together: 4,
  branchEnd: 5,
  fail: 6,
  lock: 7,
  unlock: 8,
  read: 9,
  write: 10,
  publish: 11,
} as const;

/**
 * The steps of a service, flattened, so that a request is a position in them. A `together` is
 * followed by its branches, each with a `branchEnd`, and knows where each begins and where the
 * steps after it do.
 */
export interface Program {
  readonly operations: Uint8Array;
  /** Of `cpu` and `wait`: how long. */
  readonly times: readonly (DrawnAhead | undefined)[];
  /**
   * Of `call`: the edge. Of `together`: where to go on. Of `lock`, `unlock`, `read` and `write`: the
   * rows. Of `publish`: the message queue.
   */
  readonly targets: readonly number[];
  /** Of `call`, `publish` and `fail`: how likely, 0..1. */
  readonly probabilities: readonly number[];
  /** Of `call` and `publish`: whether the request goes on when it fails. */
  readonly optional: readonly boolean[];
  /** Of `together`: where each branch begins. */
  readonly branches: readonly (readonly number[])[];
  /** Of `lock`: the longest wait in nanoseconds, 0 for any. */
  readonly maxWaits: readonly number[];
  /** Of `write`: how many `together` steps around it the row was read. */
  readonly levels: readonly number[];
  /** For probabilities, and for the choice of a row. */
  readonly chance: readonly (RandomStream | undefined)[];
}

class Writer {
  readonly operations: number[] = [];
  readonly times: (DrawnAhead | undefined)[] = [];
  readonly targets: number[] = [];
  readonly probabilities: number[] = [];
  readonly optional: boolean[] = [];
  readonly branches: number[][] = [];
  readonly maxWaits: number[] = [];
  readonly levels: number[] = [];
  readonly chance: (RandomStream | undefined)[] = [];
  readonly #streamFor: (purpose: string) => RandomStream;
  /** The rows that have been read so far: in the steps of the request, in its branch, and so on. */
  readonly #reads: Set<number>[] = [new Set()];

  constructor(streamFor: (purpose: string) => RandomStream) {
    this.#streamFor = streamFor;
  }

  steps(steps: readonly Step[]): void {
    for (const step of steps) this.#step(step);
  }

  add(operation: number): number {
    this.times.push(undefined);
    this.targets.push(-1);
    this.probabilities.push(1);
    this.optional.push(false);
    this.branches.push([]);
    this.maxWaits.push(0);
    this.levels.push(0);
    this.chance.push(undefined);
    return this.operations.push(operation) - 1;
  }

  #step(step: Step): void {
    switch (step.kind) {
      case 'cpu':
        this.#timed(Operation.cpu, step.demand);
        return;
      case 'wait':
        this.#timed(Operation.wait, step.time);
        return;
      case 'call': {
        const at = this.#chanced(Operation.call, step.probability);
        this.targets[at] = step.edge;
        this.optional[at] = step.optional;
        return;
      }
      case 'fail':
        this.#chanced(Operation.fail, step.probability);
        return;
      case 'together':
        this.#together(step.branches);
        return;
      case 'lock': {
        this.maxWaits[this.#ofRows(Operation.lock, step.rows)] =
          step.withinMs === Infinity ? 0 : Math.round(step.withinMs * NS_PER_MS);
        this.steps(step.steps);
        this.targets[this.add(Operation.unlock)] = step.rows;
        return;
      }
      case 'publish': {
        const at = this.#chanced(Operation.publish, step.probability);
        this.targets[at] = step.queue;
        this.optional[at] = step.optional;
        return;
      }
      case 'read':
        this.#ofRows(Operation.read, step.rows);
        this.#reads.at(-1)!.add(step.rows);
        return;
      case 'write': {
        const at = this.add(Operation.write);
        this.targets[at] = step.rows;
        this.levels[at] = this.#reads.toReversed().findIndex((read) => read.has(step.rows));
      }
    }
  }

  #timed(operation: number, time: Distribution): void {
    const at = this.add(operation);
    this.times[at] = new Sampler(time, this.#streamFor(`step ${at}`)).ahead();
  }

  #chanced(operation: number, probability: number): number {
    const at = this.add(operation);
    this.probabilities[at] = probability;
    if (probability < 1) this.chance[at] = this.#streamFor(`step ${at}`);
    return at;
  }

  /** A step that picks one of the rows. */
  #ofRows(operation: number, rows: number): number {
    const at = this.add(operation);
    this.targets[at] = rows;
    this.chance[at] = this.#streamFor(`step ${at}`);
    return at;
  }

  #together(branches: readonly (readonly Step[])[]): void {
    const at = this.add(Operation.together);
    for (const branch of branches) {
      this.branches[at]!.push(this.operations.length);
      this.#reads.push(new Set());
      this.steps(branch);
      this.#reads.pop();
      this.add(Operation.branchEnd);
    }
    this.targets[at] = this.operations.length;
  }
}

/**
 * Each step that draws gets a stream of its own, so that changing one step leaves the dice of the
 * others.
 */
export function compile(
  steps: readonly Step[],
  streamFor: (purpose: string) => RandomStream,
): Program {
  const writer = new Writer(streamFor);
  writer.steps(steps);
  writer.add(Operation.end);
  const { operations, ...columns } = writer;
  return { operations: Uint8Array.from(operations), ...columns };
}
