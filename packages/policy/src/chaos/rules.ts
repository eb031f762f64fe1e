import type { RetryReason } from '../options/call-policy.ts';
import { retryReasons } from '../options/reasons.ts';
import {
  callable,
  count,
  duration,
  fields,
  listOf,
  number,
  OptionError,
  positiveDuration,
  someShare,
  word,
} from '../options/reader.ts';
import type { Reader } from '../options/reader.ts';
import type { AttemptContext } from '../promise/attempt-context.ts';
import { ChaosError } from './chaos-error.ts';
import type { Fault } from '../promise/observer.ts';

/** A fault, as it was read. */
export interface ChaosRule {
  readonly fault: Fault;
  readonly fromMs: number;
  readonly toMs: number;
  /** What an error is made by, for the policy of this name. */
  readonly makeError: (who: string) => unknown;
  readonly share: number;
  readonly first: number;
  readonly when: ((context: AttemptContext) => boolean) | undefined;
}

/** More is a program of its own: that is what `when` and the function itself are for. */
const FAULTS_MAX = 20;

const range = fields({ from: [duration], to: [duration] });

const latency: Reader<readonly [number, number]> = (value, at) => {
  if (typeof value !== 'object') {
    const exact = positiveDuration(value, at);
    return [exact, exact];
  }
  const { from, to } = range(value, at);
  if (from !== undefined && to !== undefined && to > 0 && from <= to) return [from, to];
  throw new OptionError(at, value, 'write both, from at most to: { from: "10ms", to: "50ms" }');
};

const hang: Reader<true> = (value, at) => {
  if (value === true) return value;
  throw new OptionError(at, value, 'write true, or leave it out');
};

const faultFields = fields({
  latency: [latency],
  error: [
    (value, at): RetryReason | (() => unknown) =>
      typeof value === 'function' ? (value as () => unknown) : word(retryReasons)(value, at),
  ],
  hang: [hang],
  share: [someShare, 1],
  first: [count(1, Number.MAX_SAFE_INTEGER), Infinity],
  when: [callable],
});

const chaosFields = fields({
  seed: [number(-Number.MAX_VALUE, Number.MAX_VALUE), 1],
  faults: [listOf((value, at) => ({ value, at }))],
});

/** @throws OptionError for an option that cannot be used. */
export function rulesOf(options: unknown): {
  readonly seed: number;
  readonly rules: readonly ChaosRule[];
} {
  const { seed, faults = [] } = chaosFields(options, 'chaos');
  if (faults.length < 1 || faults.length > FAULTS_MAX) {
    throw new OptionError('chaos.faults', faults, `write a list of 1 to ${FAULTS_MAX} faults`);
  }
  return { seed, rules: faults.map(({ value, at }) => ruleOf(value, at)) };
}

function ruleOf(value: unknown, at: string): ChaosRule {
  const read = faultFields(value, at);
  const given = [read.latency, read.error, read.hang].filter((one) => one !== undefined);
  if (given.length !== 1) {
    throw new OptionError(at, value, 'write exactly one of: latency, error, hang');
  }
  const [fromMs, toMs] = read.latency ?? [0, 0];
  const { error } = read;
  return {
    fault: read.latency === undefined ? (error === undefined ? 'hang' : 'error') : 'latency',
    fromMs,
    toMs,
    makeError: typeof error === 'function' ? error : (who) => new ChaosError(who, error!),
    share: read.share,
    first: read.first,
    when: read.when as ((context: AttemptContext) => boolean) | undefined,
  };
}
