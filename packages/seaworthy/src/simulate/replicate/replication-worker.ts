import { parentPort, workerData } from 'node:worker_threads';

import { simulate } from '../simulate.ts';
import { failureOf } from './failure.ts';
import type { Job, Report, WorkerStart } from './message.ts';
import { type PortableRun, toPortable } from './portable.ts';
import type { Interval } from '../../signals/run.ts';
import { type Sample, sampleOf } from '../../signals/sample.ts';

const { stop } = workerData as WorkerStart;
const shouldStop = (): boolean => Atomics.load(stop, 0) !== 0;

parentPort?.on('message', (job: Job) => {
  tell(replicate(job));
});

function replicate(job: Job): Report<Sample, PortableRun> {
  const { model, scenario, seed, replication, sampled } = job;
  const onInterval = (interval: Interval): void => {
    tell({ kind: 'sample', sample: sampleOf(model, interval) });
  };
  const sampling = sampled ? { onInterval } : {};
  try {
    const run = simulate(model, { scenario, seed, replication, shouldStop, ...sampling });
    return { kind: 'done', result: toPortable(run) };
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error) };
  }
}

function tell(report: Report<Sample, PortableRun>): void {
  // A worker thread has no origin, unlike the worker of a browser that the rule means.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(report);
}
