import { durationUnit, longestRunMs, parseUnit } from '../model/unit.ts';
import { seedMax } from '../simulate/replicate/pool.ts';
import { UsageError } from './usage-error.ts';

/** What was asked for; undefined where the file decides. */
export interface Numbers {
  readonly seed: number | undefined;
  readonly replications: number | undefined;
  readonly forMs: number | undefined;
}

/** More replications narrow an interval by less than a hundredth. */
const replicationsMax = 10_000;

/** @throws UsageError that names the option, what was read, and what would be right. */
export function readNumbers(options: {
  readonly seed?: string;
  readonly replications?: string;
  readonly for?: string;
}): Numbers {
  return {
    seed: readSeed(options.seed),
    replications: wholeNumber('--replications', options.replications, 1, replicationsMax),
    forMs: options.for === undefined ? undefined : runTime(options.for),
  };
}

export function readSeed(text: string | undefined): number | undefined {
  return wholeNumber('--seed', text, 0, seedMax);
}

/** @throws UsageError where it is none. */
export function wholeNumber(
  option: string,
  text: string | undefined,
  least: number,
  most: number,
): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(
    `option ${option}: "${text}" is not a whole number from ${least} to ${most}`,
  );
}

function runTime(text: string): number {
  const value = parseUnit(durationUnit, text);
  if (value === undefined) {
    const isNumber = text.trim() !== '' && Number.isFinite(Number(text));
    throw new UsageError(
      `option --for: "${text}" is not a duration`,
      isNumber ? durationUnit.suggest(text) : 'write a duration such as 300s',
    );
  }
  if (value > 0 && value <= longestRunMs) return value;
  throw new UsageError(`option --for: "${text}" is not more than 0 and at most 104 days`);
}
