import { Worker } from 'node:worker_threads';

import type { Failure, Report, WorkerStart } from './message.ts';

/** A replication that ended in an error. */
export class ReplicationError extends Error {
  readonly blame: Failure['blame'];
  readonly seed: number;

  constructor(job: Seeded, failure: Failure) {
    super(failure.message);
    this.name = 'ReplicationError';
    this.blame = failure.blame;
    this.seed = job.seed;
    // Of the worker, where it happened.
    if (failure.stack !== '') this.stack = failure.stack;
  }
}

/** A job is a function of its seed. */
interface Seeded {
  readonly seed: number;
}

/** One worker thread: one job at a time. */
export class Thread<Job extends Seeded, Sample, Result> {
  readonly #worker: Worker;
  /** Set once it can do nothing more: out of memory, or an error outside of the simulation. */
  #death: Failure | undefined = undefined;
  #onReport: (report: Report<Sample, Result>) => void = ignore;
  #onDeath: (failure: Failure) => void = ignore;

  /** @param file what the thread runs: it answers each job with reports */
  constructor(file: URL, start: WorkerStart) {
    this.#worker = new Worker(file, { workerData: start });
    this.#worker
      .on('message', (report: Report<Sample, Result>) => {
        this.#onReport(report);
      })
      .on('error', ({ message, stack = '' }: Error) => {
        this.#die({ blame: 'engine', message, stack });
      })
      .on('exit', (code) => {
        this.#die({ blame: 'engine', message: `the worker ended with code ${code}`, stack: '' });
      });
  }

  /** Must not be called again before it has settled. */
  run(job: Job, onSample: (sample: Sample) => void): Promise<Result> {
    return new Promise((resolve, reject) => {
      const fail = (failure: Failure): void => {
        this.#onReport = ignore;
        this.#onDeath = ignore;
        reject(new ReplicationError(job, failure));
      };
      // A dead worker takes messages all the same, and never answers.
      if (this.#death !== undefined) {
        fail(this.#death);
        return;
      }
      this.#onDeath = fail;
      this.#onReport = (report) => {
        switch (report.kind) {
          case 'sample':
            onSample(report.sample);
            return;
          case 'done':
            this.#onReport = ignore;
            this.#onDeath = ignore;
            resolve(report.result);
            return;
          case 'failed':
            fail(report.failure);
        }
      };
      // A worker thread has no origin, unlike the worker of a browser that the rule means.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      this.#worker.postMessage(job);
    });
  }

  #die(failure: Failure): void {
    this.#death ??= failure;
    this.#onDeath(failure);
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }
}

function ignore(): void {
  // Nobody waits.
}
