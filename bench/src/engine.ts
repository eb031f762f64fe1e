import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findLimits } from '../../packages/seaworthy/dist/judge/limits/limits.js';
import type { ProbePool } from '../../packages/seaworthy/dist/judge/limits/pool.js';
import type { Limits } from '../../packages/seaworthy/dist/judge/limits/result.js';
import { readModel } from '../../packages/seaworthy/dist/model/read.js';
import type { Run } from '../../packages/seaworthy/dist/signals/run.js';
import { simulate } from '../../packages/seaworthy/dist/simulate/simulate.js';

const root = new URL('../../', import.meta.url);

/** Simulates a model file for so many seconds, in this thread; with its first scenario, if any. */
export function runFor(file: string, seconds: number, seed: number, environment?: string): Run {
  const path = fileURLToPath(new URL(file, root));
  const options = environment === undefined ? {} : { environment };
  const { model } = readModel(readFileSync(path, 'utf8'), file, options);
  const run = { ...model.run, forMs: seconds * 1000 };
  return simulate({ ...model, run }, { scenario: model.scenarios[0], seed, replication: 0 });
}

/** Tasks are the calls of the traffic's sources; calls between services are part of them. */
export function tasksOf(run: Run): number {
  const bySource = run.header.edges.map((name) =>
    run.header.sources.some((source) => name.startsWith(`${source} -> `)),
  );
  let tasks = 0;
  for (const { edges } of run.intervals) {
    for (const [index, edge] of edges.entries()) tasks += bySource[index] ? edge.offered : 0;
  }
  return tasks;
}

/** The limits of a model file, with its first scenario as the trigger. */
export function limitsOf(file: string, pool: ProbePool, precision: number): Promise<Limits> {
  const path = fileURLToPath(new URL(file, root));
  const { model } = readModel(readFileSync(path, 'utf8'), file, {});
  const scenarios = model.scenarios.slice(0, 1);
  const asked = { source: undefined, scenarios, size: 'duration', precision, seed: 1 } as const;
  return findLimits(model, { ...asked, requestsMax: Infinity }, pool, () => undefined);
}
