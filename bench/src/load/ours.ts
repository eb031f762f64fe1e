import { systemClock } from '@seaworthy/policy/engine';
import {
  startLoad,
  type LoadReading,
} from '../../../packages/seaworthy/dist/rehearse/load/load.js';

type LoadPlan = Parameters<typeof startLoad>[0];

export interface LoadRound {
  readonly perSecond: number;
  /** Arrivals that did not succeed. */
  readonly lost: number;
  /** At these quantiles, in milliseconds. */
  readonly lateness: readonly number[];
  readonly latency: readonly number[];
  readonly serviceTime: readonly number[];
  readonly busyShare: number;
  readonly starvedShare: number | undefined;
}

export const quantiles = [0.5, 0.9, 0.99, 0.999] as const;

/** One thread makes it, as in a rehearsal, whose other work is done by others. */
async function play(
  port: number,
  arrivals: LoadPlan['arrivals'],
  warmUpSeconds: number,
  seconds: number,
  maxConnections = 1000,
): Promise<LoadRound> {
  const plan: LoadPlan = {
    target: `http://127.0.0.1:${port}`,
    requests: [{ method: 'GET', path: '/', headers: {}, body: undefined, weight: 1 }],
    source: 'bench',
    seed: 1,
    arrivals,
    durationMs: Infinity,
    timeoutMs: 30_000,
    maxConnections,
  };
  const run = await startLoad(plan, { clock: systemClock, threads: 1 });
  await pause(warmUpSeconds);
  await run.read();
  await pause(seconds);
  const reading = await run.read();
  await run.stop();
  return roundOf(reading);
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => void systemClock.after(seconds * 1000, resolve));
}

function at(histogram: LoadReading['latency']): readonly number[] {
  return quantiles.map((quantile) => histogram.quantile(quantile));
}

function roundOf(reading: LoadReading): LoadRound {
  const lost = [reading.failed, reading.late].flatMap((counts) => Object.values(counts));
  return {
    perSecond: (reading.succeeded / (reading.toMs - reading.fromMs)) * 1000,
    lost: lost.reduce((sum, count) => sum + count, 0),
    lateness: at(reading.lateness),
    latency: at(reading.latency),
    serviceTime: at(reading.serviceTime),
    busyShare: reading.busyShare,
    starvedShare: reading.starvedShare,
  };
}

/** Poisson arrivals, whatever the target does. */
export function openLoad(
  port: number,
  perSecond: number,
  warmUpSeconds: number,
  seconds: number,
  maxConnections?: number,
): Promise<LoadRound> {
  const shape = [{ atMs: 0, perSecond, overMs: 0 }];
  const arrivals = { kind: 'open', spacing: 'poisson', shape, bursts: [] } as const;
  return play(port, arrivals, warmUpSeconds, seconds, maxConnections);
}

/** As many as it can, on so many connections. */
export function closedLoad(port: number, users: number, seconds: number): Promise<LoadRound> {
  const think = { kind: 'constant', valueMs: 0 } as const;
  return play(port, { kind: 'closed', users, tasks: Infinity, think }, 1, seconds);
}
