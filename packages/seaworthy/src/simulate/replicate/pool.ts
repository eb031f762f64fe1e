import type { Model, Scenario } from '../../model/model.ts';
import type { Run } from '../../signals/run.ts';
import type { Job } from './message.ts';
import { fromPortable, type PortableRun } from './portable.ts';
import type { Sample } from '../../signals/sample.ts';
import { Thread } from './thread.ts';

/** The largest seed: streams take 32 bits of it. */
export const seedMax = 0xffff_ffff;

export interface Replications {
  readonly model: Model;
  /** Undefined: without faults. */
  readonly scenario: Scenario | undefined;
  /** Of the first replication. */
  readonly seed: number;
  readonly count: number;
  /** How far a replication is, once an interval. Replications count from 0. */
  readonly onSample?: (replication: number, sample: Sample) => void;
}

type Replicator = Thread<Job, Sample, PortableRun>;

const worker = new URL('./replication-worker.js', import.meta.url);

/**
 * Runs replications in worker threads. What comes out does not depend on how many there are: each
 * replication is a function of its own seed.
 */
export class ReplicationPool {
  readonly #size: number;
  readonly #threads: Replicator[] = [];
  readonly #stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

  /** @param size how many worker threads at most; they start when there is work for them */
  constructor(size: number) {
    this.#size = size;
  }

  /**
   * The runs in the order of their seeds. After `interrupt` only those that had begun, as far as
   * they came.
   *
   * @throws ReplicationError when the engine fails; the pool must then be closed
   */
  async run(work: Replications): Promise<readonly Run[]> {
    const runs: Run[] = [];
    let next = 0;
    const drive = async (thread: Replicator): Promise<void> => {
      while (next < work.count && !this.interrupted) {
        const job = jobOf(work, next++);
        // One after the other is the point: a thread has one replication at a time.
        const run = await thread.run(job, (sample) => work.onSample?.(job.replication, sample));
        runs.push(fromPortable(run));
      }
    };
    await Promise.all(this.#threadsFor(work.count).map(drive));
    return runs.toSorted((a, b) => a.header.replication - b.header.replication);
  }

  get interrupted(): boolean {
    return Atomics.load(this.#stop, 0) !== 0;
  }

  /** Replications that run end as soon as they can; none begins any more. */
  interrupt(): void {
    Atomics.store(this.#stop, 0, 1);
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.splice(0).map((thread) => thread.terminate()));
  }

  #threadsFor(jobs: number): readonly Replicator[] {
    while (this.#threads.length < Math.min(this.#size, jobs)) {
      this.#threads.push(new Thread(worker, { stop: this.#stop }));
    }
    return this.#threads.slice(0, jobs);
  }
}

/**
 * Seeds count up from the first, so that the seed of a replication, given alone, is that
 * replication.
 */
function jobOf(work: Replications, replication: number): Job {
  const { model, scenario } = work;
  const seed = (work.seed + replication) % (seedMax + 1);
  return { model, scenario, seed, replication, sampled: work.onSample !== undefined };
}
