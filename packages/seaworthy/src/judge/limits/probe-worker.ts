import { parentPort, workerData } from 'node:worker_threads';

import { failureOf } from '../../simulate/replicate/failure.ts';
import type { Report, WorkerStart } from '../../simulate/replicate/message.ts';
import { type Probe, type ProbeResult, runProbe } from './probe.ts';

const { stop } = workerData as WorkerStart;
const shouldStop = (): boolean => Atomics.load(stop, 0) !== 0;

parentPort?.on('message', (probe: Probe) => {
  // A worker thread has no origin, unlike the worker of a browser that the rule means.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(answer(probe));
});

function answer(probe: Probe): Report<never, ProbeResult | undefined> {
  try {
    return { kind: 'done', result: runProbe(probe, shouldStop) };
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error) };
  }
}
