import { Worker } from 'node:worker_threads';

import type { Run } from '../../signals/run.ts';
import type { Failure, Job, Report, WorkerStart } from './message.ts';
import { fromPortable } from './portable.ts';
import type { Sample } from './sample.ts';

/** A replication that ended in an error. */
export class ReplicationError extends Error {
  readonly blame: Failure['blame'];
  readonly seed: number;

  constructor(job: Job, failure: Failure) {
    super(failure.message);
    this.name = 'ReplicationError';
    this.blame = failure.blame;
    this.seed = job.seed;
    // Of the worker, where it happened.
    if (failure.stack !== '') this.stack = failure.stack;
  }
}

/** One worker thread: one replication at a time. */
export class Thread {
  readonly #worker: Worker;

  constructor(start: WorkerStart) {
    this.#worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: start });
  }

  /** Must not be called again before it has settled. */
  simulate(job: Job, onSample: (sample: Sample) => void): Promise<Run> {
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        worker.off('message', onReport).off('error', onError).off('exit', onExit);
      };
      const fail = (failure: Failure): void => {
        settle();
        reject(new ReplicationError(job, failure));
      };
      const onReport = (report: Report): void => {
        switch (report.kind) {
          case 'sample':
            onSample(report.sample);
            return;
          case 'run':
            settle();
            resolve(fromPortable(report.run));
            return;
          case 'failed':
            fail(report.failure);
        }
      };
      // Out of memory, or an error outside of the simulation.
      const onError = ({ message, stack = '' }: Error): void => {
        fail({ blame: 'engine', message, stack });
      };
      const onExit = (code: number): void => {
        fail({ blame: 'engine', message: `the worker ended with code ${code}`, stack: '' });
      };
      worker.on('message', onReport).on('error', onError).on('exit', onExit);
      // A worker thread has no origin, unlike the worker of a browser that the rule means.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      worker.postMessage(job);
    });
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }
}
