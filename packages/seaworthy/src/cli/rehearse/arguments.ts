import type { Limits } from '../../rehearse/limits.ts';
import { durationUnit, parseUnit, rateUnit } from '../../model/unit.ts';
import type { ProgressKind } from '../progress/progress.ts';
import { wholeNumber } from '../numbers.ts';
import { UsageError } from '../usage-error.ts';

/** The options of `rehearse`, as the command line has them. */
export interface RehearseArguments {
  readonly scenario?: string;
  readonly env?: string;
  readonly seed?: string;
  readonly for?: string;
  readonly out?: string;
  readonly allow?: readonly string[];
  readonly abortOn?: string;
  readonly maxRate: string;
  readonly maxTime: string;
  readonly maxConnections: string;
  readonly format: 'text' | 'json';
  readonly progress: ProgressKind;
  readonly all?: true;
  readonly compareSimulation?: true;
  readonly battery?: true;
  readonly target?: string;
  readonly dependency?: readonly string[];
  readonly deadline?: string;
  readonly recorded?: readonly string[];
  readonly rows?: readonly string[];
  readonly report?: string | true;
  readonly color: boolean;
}

/** A process has no more file descriptors, on any system. */
const connectionsMax = 1_000_000;

/** @throws UsageError that names the option, what was read, and what would be right. */
export function readLimits(options: RehearseArguments): Limits {
  return {
    hosts: options.allow ?? [],
    ratePerSecond: quantity('--max-rate', options.maxRate, rateUnit, 'a rate such as 5000/s'),
    timeMs: quantity('--max-time', options.maxTime, durationUnit, 'a duration such as 30m'),
    connections: wholeNumber('--max-connections', options.maxConnections, 1, connectionsMax)!,
  };
}

function quantity(option: string, text: string, unit: typeof rateUnit, right: string): number {
  const value = parseUnit(unit, text);
  if (value !== undefined && value > 0) return value;
  throw new UsageError(`option ${option}: "${text}" is not ${unit.what}`, `write ${right}`);
}
