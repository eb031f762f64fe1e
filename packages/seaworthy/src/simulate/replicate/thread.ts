import { Worker } from 'node:worker_threads';

import type { Run } from '../../signals/run.ts';
import type { Job, Report, WorkerStart } from './message.ts';
import { fromPortable } from './portable.ts';
import type { Sample } from './sample.ts';

/** A replication that ended in an error of the engine, never of the user's file. */
export class ReplicationError extends Error {
  readonly seed: number;
  readonly scenario: string;

  constructor(job: Job, message: string, stack: string) {
    super(message);
    this.name = 'ReplicationError';
    this.seed = job.seed;
    this.scenario = job.scenario?.name ?? 'calm';
    this.stack = stack;
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
        worker.removeAllListeners();
      };
      const fail = (message: string, stack: string): void => {
        settle();
        reject(new ReplicationError(job, message, stack));
      };
      worker.on('message', (report: Report) => {
        switch (report.kind) {
          case 'sample':
            onSample(report.sample);
            return;
          case 'run':
            settle();
            resolve(fromPortable(report.run));
            return;
          case 'failed':
            fail(report.message, report.stack);
        }
      });
      // Out of memory, or an error outside of the simulation.
      worker.on('error', (error) => {
        fail(error.message, error.stack ?? '');
      });
      worker.on('exit', (code) => {
        fail(`the worker ended with code ${code}`, '');
      });
      worker.postMessage(job);
    });
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }
}
