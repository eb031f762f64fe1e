import { isIP } from 'node:net';

import type { Model, OpenArrivals, Scenario } from '../model/model.ts';
import { runLengthMs } from '../model/run-length.ts';
import { type Burst, burstsOf } from '../traffic/rate.ts';

/** What a rehearsal may do to machines and to whoever else uses them. */
export interface Limits {
  /** Hosts outside of this machine that may be sent to. */
  readonly hosts: readonly string[];
  /** Of all sources together, at any moment. */
  readonly ratePerSecond: number;
  /** How long one scenario takes. */
  readonly timeMs: number;
  /** Open at once, of all sources together. */
  readonly connections: number;
}

/** Something in the file that cannot be rehearsed. */
export interface Refusal {
  /** Where it stands. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly expected: string;
}

/** What goes beyond the limits; undefined: nothing. */
export function beyondLimits(
  model: Model,
  scenario: Scenario | undefined,
  limits: Limits,
): Refusal | undefined {
  return (
    foreignHost(model, limits) ??
    tooLong(model, scenario, limits) ??
    tooMuch(model, scenario, limits)
  );
}

function foreignHost({ services }: Model, { hosts }: Limits): Refusal | undefined {
  for (const { name, address } of services) {
    const host = address === undefined ? 'localhost' : hostOf(address);
    if (isLoopback(host) || hosts.includes(host)) continue;
    return {
      path: ['services', name, 'address'],
      message: `${host} is another machine: nothing is sent there unasked`,
      expected: `if it may be broken, add --allow ${host}`,
    };
  }
  return undefined;
}

/** Of an address as the file has it. */
function hostOf(address: string): string {
  const url = new URL(/^https?:/.test(address) ? address : `tcp://${address}`);
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function tooLong(
  model: Model,
  scenario: Scenario | undefined,
  { timeMs }: Limits,
): Refusal | undefined {
  const lengthMs = runLengthMs(model, scenario);
  if (lengthMs <= timeMs) return undefined;
  return {
    path: ['run', 'for'],
    message: `${scenario?.name ?? 'calm'} takes ${lengthMs / 1000} s, and the limit is ${timeMs / 1000} s`,
    expected: `make it shorter with --for, or add --max-time ${Math.ceil(lengthMs / 1000)}s`,
  };
}

function tooMuch(
  model: Model,
  scenario: Scenario | undefined,
  { ratePerSecond }: Limits,
): Refusal | undefined {
  let all = 0;
  for (const [index, { name, arrivals }] of model.sources.entries()) {
    if (arrivals.kind === 'open')
      all += peakRate(arrivals, burstsOf(scenario?.faults ?? [], index));
    if (all <= ratePerSecond) continue;
    return {
      path: ['traffic', name, 'rate'],
      message: `${Math.ceil(all)}/s at its peak, and the limit is ${ratePerSecond}/s`,
      expected: `if that is meant, add --max-rate ${Math.ceil(all)}/s`,
    };
  }
  return undefined;
}

/** At most: as if all bursts came when there is most traffic anyway. */
function peakRate({ shape }: OpenArrivals, bursts: readonly Burst[]): number {
  const most = Math.max(...shape.map(({ perSecond }) => perSecond));
  return bursts.reduce((rate, { factor }) => rate * Math.max(1, factor), most);
}
