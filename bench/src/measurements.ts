import type { Candidate } from './candidate.ts';
import { ProbePool } from '../../packages/seaworthy/dist/judge/limits/pool.js';
import { limitsOf, runFor, tasksOf } from './engine.ts';
import { bareLoop } from './queue/bare-loop.ts';
import { costInFlight, costOfCall } from './library/cost.ts';
import { likeWrk2 } from './load/stalls.ts';
import { closedLoad, openLoad } from './load/ours.ts';
import { seaworthy } from './queue/seaworthy.ts';
import { simjs } from './queue/simjs.ts';
import { simscript } from './queue/simscript.ts';

export const candidates = { seaworthy, 'bare loop': bareLoop, simjs, simscript } as const;
export type CandidateName = keyof typeof candidates;

export interface QueueRound {
  readonly customersPerSecond: number;
  readonly meanWait: number;
}

export interface PolicyRound {
  readonly tasksPerSecond: number;
  readonly simulatedPerReal: number;
}

export interface PolicyCost {
  readonly nsPerTask: number;
}

export interface LimitsRound {
  readonly requestsPerSecond: number;
  /** Processor seconds a second: how many cores it really had. */
  readonly coresBusy: number;
}

export interface MemoryPeak {
  readonly tasks: number;
  readonly megabytes: number;
}

/** Enough for a round of a few seconds, so that compiling weighs little. */
const POLICY_SECONDS = 3000;

/** Eight hundred thousand tasks: a round of a second or so, and there are many. */
const COST_SECONDS = 400;

/** The environments of bench/models/policies.yaml. */
export const policies = [
  'engine',
  'deadline',
  'timeout',
  'retry',
  'retry-with-budget',
  'breaker',
  'fixed-limit',
  'adaptive-limit',
  'throttle',
  'limit-and-admission',
  'cache-without-hits',
  'peak-ewma',
  'outliers',
  'hedge',
  'fallback',
] as const;

/** What a process of its own can be asked to measure. */
export const measurements = {
  async queue(name: CandidateName, seed: number): Promise<QueueRound> {
    const candidate: Candidate = candidates[name];
    // First a quarter, so that what is measured is compiled code.
    await candidate.run(candidate.customers / 4, seed);
    const before = cpuSeconds();
    const meanWait = await candidate.run(candidate.customers, seed + 1);
    return { customersPerSecond: candidate.customers / (cpuSeconds() - before), meanWait };
  },

  policies(file: string, seed: number): PolicyRound {
    runFor(file, POLICY_SECONDS / 4, seed);
    const before = cpuSeconds();
    const tasks = tasksOf(runFor(file, POLICY_SECONDS, seed + 1));
    const seconds = cpuSeconds() - before;
    return { tasksPerSecond: tasks / seconds, simulatedPerReal: POLICY_SECONDS / seconds };
  },

  /** Processor time for a task with one policy, an environment of the file; null: with none. */
  cost(policy: string | null, seed: number): PolicyCost {
    const run = (seconds: number, of: number) =>
      runFor('bench/models/policies.yaml', seconds, of, policy ?? undefined);
    run(COST_SECONDS / 4, seed);
    const before = cpuSeconds();
    const tasks = tasksOf(run(COST_SECONDS, seed + 1));
    return { nsPerTask: ((cpuSeconds() - before) / tasks) * 1e9 };
  },

  /** By the clock on the wall: how much faster more cores are is the question. */
  async limits(file: string, cores: number): Promise<LimitsRound> {
    const pool = new ProbePool(cores);
    try {
      // Once for the compiler: every thread compiles for itself.
      await limitsOf(file, pool, 0.1);
      const before = performance.now();
      const cpuBefore = cpuSeconds();
      const { requests } = await limitsOf(file, pool, 0.01);
      const seconds = (performance.now() - before) / 1000;
      return {
        requestsPerSecond: requests / seconds,
        coresBusy: (cpuSeconds() - cpuBefore) / seconds,
      };
    } finally {
      await pool.close();
    }
  },
  openLoad,
  closedLoad,
  likeWrk2,
  call: costOfCall,
  crowd: costInFlight,
  version: () => `Node ${process.version}`,

  memory(file: string, seconds: number): MemoryPeak {
    const tasks = tasksOf(runFor(file, seconds, 1));
    return { tasks, megabytes: process.resourceUsage().maxRSS / 1024 };
  },
} as const;

/** Processor time of all threads: on a shared machine it says more than the clock on the wall. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
