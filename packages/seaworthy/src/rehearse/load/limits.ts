import { isIP } from 'node:net';

import { Rate } from '../../traffic/rate.ts';
import type { LoadPlan } from './plan.ts';

/** What a load may not go beyond, whatever a file asks for. */
export interface LoadLimits {
  readonly ratePerSecond: number;
  readonly durationMs: number;
  readonly connections: number;
}

/** Enough for one machine and a rehearsal; what needs more says so. */
export const defaultLimits: LoadLimits = {
  ratePerSecond: 20_000,
  durationMs: 3_600_000,
  connections: 10_000,
};

/** What of the plan is beyond the limits, as sentences; empty: nothing. */
export function beyondLimits(plan: LoadPlan, limits: LoadLimits): readonly string[] {
  const found: string[] = [];
  const say = (what: string, asked: number, most: number, unit: string): void => {
    if (asked <= most) return;
    const said = asked === Infinity ? 'without end' : `${grouped(asked)}${unit}`;
    found.push(`${what} is ${said}, the limit ${grouped(most)}${unit}`);
  };
  say('the highest rate', peakPerSecond(plan), limits.ratePerSecond, '/s');
  say('the length', plan.durationMs / 1000, limits.durationMs / 1000, ' s');
  say('the number of connections', plan.maxConnections, limits.connections, '');
  return found;
}

/** Of a closed loop there is none: it goes as fast as the target lets it. */
function peakPerSecond({ arrivals }: LoadPlan): number {
  switch (arrivals.kind) {
    case 'open':
      return new Rate(arrivals.shape, arrivals.bursts).peakPerSecond;
    case 'closed':
      return 0;
    case 'recorded':
      return mostInOneSecond(arrivals.arrivals.map(({ atMs }) => atMs));
  }
}

function mostInOneSecond(timesMs: readonly number[]): number {
  let most = 0;
  let first = 0;
  for (const [index, atMs] of timesMs.entries()) {
    while (timesMs[first]! <= atMs - 1000) first++;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

function grouped(value: number): string {
  return value.toLocaleString('en');
}

/** Whether a host is this machine, by its name. */
function isLoopback(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  return isIP(host) === 4 ? host.startsWith('127.') : host === '::1';
}

/**
 * Whether load may go to a host: to this machine always, elsewhere to what the user has allowed by
 * name.
 */
export function mayLoad(host: string, allowed: readonly string[]): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  return isLoopback(name) || allowed.some((one) => one.toLowerCase() === name);
}
