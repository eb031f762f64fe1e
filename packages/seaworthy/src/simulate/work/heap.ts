import type { Memory, Version } from '../../model/lifecycle.ts';
import { versionOfFile } from '../../model/rollout.ts';
import type { Sampler } from '../../model/chance/sampler.ts';

/**
 * The memory of a replica with a collector that stops the world. Requests leave garbage behind
 * until what the replica keeps leaves no room for more; then a collection frees all of it, in time
 * proportional to what is kept. So collections come at rate × garbage ÷ (heap − kept), and what
 * they cost a request grows as kept ÷ (heap − kept) (A. Appel, "Garbage collection can be faster
 * than stack allocation", Information Processing Letters 25, 1987).
 */
export class Heap {
  readonly #model: Memory;
  readonly #pause: Sampler;
  #version: Version = versionOfFile;
  #garbageBytes = 0;
  #leakedBytes = 0;

  constructor(model: Memory, pause: Sampler) {
    this.#model = model;
    this.#pause = pause;
  }

  /** The next process is of this version. */
  use(version: Version): void {
    this.#version = version;
  }

  /** The process has ended: the next one has nothing but what it always keeps. */
  empty(): void {
    this.#garbageBytes = 0;
    this.#leakedBytes = 0;
  }

  /** A request begins, one of so many that are there; what it will leave behind is needed now. */
  allocate(): void {
    this.#garbageBytes += this.#model.garbageBytes;
    this.#leakedBytes += this.#model.leakBytes + this.#version.leakBytes;
  }

  /** Whether the garbage has to go before the next request can begin. */
  isFull(requests: number): boolean {
    const { heapBytes, garbageBytes } = this.#model;
    return this.#garbageBytes + garbageBytes > heapBytes - this.#keptBytes(requests);
  }

  /** Whether no collection can make room for another request. */
  isExhausted(requests: number): boolean {
    const { heapBytes, garbageBytes } = this.#model;
    return garbageBytes > heapBytes - this.#keptBytes(requests);
  }

  /** Frees the garbage. How long that takes, in nanoseconds. */
  collect(requests: number): number {
    this.#garbageBytes = 0;
    return Math.round((this.#pause.next() * this.#keptBytes(requests)) / this.#model.liveBytes);
  }

  #keptBytes(requests: number): number {
    const { liveBytes, perRequestBytes } = this.#model;
    return (liveBytes + perRequestBytes * requests) * this.#version.memory + this.#leakedBytes;
  }
}
