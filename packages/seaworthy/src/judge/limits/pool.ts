import { Thread } from '../../simulate/replicate/thread.ts';
import type { Probe, ProbeResult } from './probe.ts';

const worker = new URL('./probe-worker.js', import.meta.url);

type Prober = Thread<Probe, never, ProbeResult | undefined>;

/** Whoever answers probes: undefined where it was stopped before there was an answer. */
export interface Probing {
  readonly run: (probe: Probe) => Promise<ProbeResult | undefined>;
  readonly interrupted: boolean;
}

/** Runs probes in worker threads, first come, first served. */
export class ProbePool implements Probing {
  readonly #size: number;
  readonly #idle: Prober[] = [];
  readonly #all: Prober[] = [];
  readonly #waiting: ((thread: Prober) => void)[] = [];
  readonly #stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  #failed = false;

  /** @param size how many worker threads at most; they start when there is work for them */
  constructor(size: number) {
    this.#size = size;
  }

  /**
   * @throws ReplicationError when the engine fails. Only the first failure is thrown, and ends all
   *   other probes as an interruption does; the pool must then be closed.
   */
  async run(probe: Probe): Promise<ProbeResult | undefined> {
    if (this.interrupted) return undefined;
    const thread = await this.#take();
    try {
      return this.interrupted ? undefined : await thread.run(probe, ignore);
    } catch (error) {
      if (this.#failed) return undefined;
      this.#failed = true;
      this.interrupt();
      throw error;
    } finally {
      this.#give(thread);
    }
  }

  get interrupted(): boolean {
    return Atomics.load(this.#stop, 0) !== 0;
  }

  /** Probes that run end as soon as they can; none begins any more. */
  interrupt(): void {
    Atomics.store(this.#stop, 0, 1);
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.splice(0).map((thread) => thread.terminate()));
  }

  #take(): Promise<Prober> | Prober {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#all.length < this.#size) {
      const thread: Prober = new Thread(worker, { stop: this.#stop });
      this.#all.push(thread);
      return thread;
    }
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  #give(thread: Prober): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(thread);
    else next(thread);
  }
}

function ignore(): void {
  // Probes say nothing before they are over.
}
