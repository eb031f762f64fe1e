import { parentPort, workerData } from 'node:worker_threads';

import { simulate } from '../simulate.ts';
import { SimulationError } from '../world.ts';
import type { Job, Report, WorkerStart } from './message.ts';
import { toPortable } from './portable.ts';
import { sampleOf } from './sample.ts';

const { stop } = workerData as WorkerStart;
const shouldStop = (): boolean => Atomics.load(stop, 0) !== 0;

parentPort?.on('message', (job: Job) => {
  tell(replicate(job));
});

function replicate({ model, scenario, seed, replication }: Job): Report {
  try {
    const run = simulate(model, {
      scenario,
      seed,
      replication,
      shouldStop,
      onInterval: (interval) => {
        tell({ kind: 'sample', sample: sampleOf(model, interval) });
      },
    });
    return { kind: 'run', run: toPortable(run) };
  } catch (error) {
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    const blame = error instanceof SimulationError ? 'model' : 'engine';
    return { kind: 'failed', failure: { blame, message, stack } };
  }
}

function tell(report: Report): void {
  // A worker thread has no origin, unlike the worker of a browser that the rule means.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(report);
}
