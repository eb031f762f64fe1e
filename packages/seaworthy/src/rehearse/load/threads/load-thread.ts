import { Worker } from 'node:worker_threads';

import type { LoadReading } from '../measure/reading.ts';
import type { Answer, Order, ThreadStart } from './message.ts';
import { fromPortable } from './portable.ts';

const file = new URL('./load-worker.js', import.meta.url);

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** One thread that makes its part of a load. */
export class LoadThread {
  readonly #worker: Worker;
  /** For its next answers, in the order in which they were asked for. */
  readonly #waiting: Waiting[] = [];
  #death: Error | undefined = undefined;
  readonly #ready: Promise<unknown>;

  constructor(start: ThreadStart) {
    this.#worker = new Worker(file, { workerData: start });
    this.#worker
      .on('message', (answer: Answer) => this.#waiting.shift()!.resolve(answer))
      .on('error', (error) => this.#die(error))
      .on('exit', () => this.#die(new Error('the thread that makes the load has ended')));
    this.#ready = this.#answer();
  }

  /** Resolves when it waits for its orders. */
  async ready(): Promise<void> {
    await this.#ready;
  }

  begin(atSharedMs: number): void {
    this.#order({ kind: 'begin', atSharedMs });
  }

  read(): Promise<LoadReading> {
    return this.#reading({ kind: 'read' });
  }

  /** Then it ends. */
  async stop(graceMs: number): Promise<LoadReading> {
    const reading = await this.#reading({ kind: 'stop', graceMs });
    await this.#worker.terminate();
    return reading;
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  async #reading(order: Order): Promise<LoadReading> {
    const answer = this.#answer();
    this.#order(order);
    const got = await answer;
    if (got.kind !== 'reading') throw new Error(`a thread answered ${got.kind} to ${order.kind}`);
    return fromPortable(got.reading);
  }

  #answer(): Promise<Answer> {
    // A dead worker takes messages all the same, and never answers.
    if (this.#death !== undefined) return Promise.reject(this.#death);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  #order(order: Order): void {
    // A worker thread has no origin, unlike the worker of a browser that the rule means.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    this.#worker.postMessage(order);
  }

  #die(error: Error): void {
    this.#death ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#death);
  }
}
