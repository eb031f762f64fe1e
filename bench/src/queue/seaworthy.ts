import type { Candidate } from '../candidate.ts';
import { queue } from '../candidate.ts';
import { runFor } from '../engine.ts';

/** Our own engine, on an ordinary model file, with all its signals on. */
export const seaworthy: Candidate = {
  customers: 4_000_000,
  run(customers, seed) {
    const run = runFor('bench/models/queue.yaml', customers / queue.arrivalRate, seed);
    let waited = 0;
    let served = 0;
    for (const { services } of run.intervals) {
      waited += services[0]!.wait.sum;
      served += services[0]!.wait.count;
    }
    return waited / served / 1000;
  },
};
