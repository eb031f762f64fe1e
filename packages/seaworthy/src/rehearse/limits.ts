import type { Model, Scenario } from '../model/model.ts';
import { runLengthMs } from '../model/run-length.ts';
import { burstsOf, Rate } from '../traffic/rate.ts';
import { mayLoad } from './load/may-load.ts';
import { addressOf } from './proxy/address.ts';

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
    const host = address === undefined ? 'localhost' : addressOf(address).host;
    if (mayLoad(host, hosts)) continue;
    return {
      path: ['services', name, 'address'],
      message: `${host} is another machine: nothing is sent there unasked`,
      expected: `if it may be broken, add --allow ${host}`,
    };
  }
  return undefined;
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
    if (arrivals.kind === 'closed') continue;
    all += new Rate(arrivals.shape, burstsOf(scenario?.faults ?? [], index)).peakPerSecond;
    if (all <= ratePerSecond) continue;
    return {
      path: ['traffic', name, 'rate'],
      message: `${Math.ceil(all)}/s at its peak, and the limit is ${ratePerSecond}/s`,
      expected: `if that is meant, add --max-rate ${Math.ceil(all)}/s`,
    };
  }
  return undefined;
}
