import type { Measure, Model, Objective } from '../model/model.ts';
import type { Run } from '../signals/run.ts';
import { isRate, isShare, measure, samplesNeeded } from './measure.ts';
import type { Measured } from './measured.ts';
import { mostByChance, offByChance } from './statistics.ts';
import { merged } from './totals.ts';
import type { Span } from './triggers.ts';

/** What a part of one run says about an objective. */
export interface Standing {
  readonly verdict: 'holds' | 'fails' | 'unknown';
  /** NaN where nothing was measured. */
  readonly value: number;
  readonly samples: number;
  /** How many samples it would take to tell. */
  readonly needed: number;
  /** The part fails the objective by more than chance explains, however short it is. */
  readonly clearlyFails: boolean;
  /** More calls had no answer at all than may be late. */
  readonly unanswered: boolean;
  /** Calls began, and not one of them came to an end. */
  readonly hung: boolean;
}

/**
 * With no failure among n calls, up to 3/n of them may fail at 95 % confidence ("rule of three"): a
 * share of failures is known to be below p from 3/p calls on.
 */
const ruleOfThree = 3;

/** A mean of fewer says more about the values that happened to come than about the system. */
const samplesForMean = 30;

/** Judges one objective in one part of one run. Not for `recovery`. */
export function standingOf(model: Model, run: Run, objective: Objective, span: Span): Standing {
  const measured = withLateFailures(
    objective,
    measure(model, run, objective.subject, objective.measure, span),
  );
  const { value, samples } = measured;
  const needed = neededFor(objective);
  const unanswered = unansweredFails(objective, measured, needed);
  const hung = hangs(objective, measured);
  const clearlyFails = unanswered || hung || failsBeyondChance(objective, measured);
  const base = { value, samples, needed, clearlyFails, unanswered, hung };
  if (Number.isNaN(value)) return { ...base, verdict: clearlyFails ? 'fails' : 'unknown' };
  const holds = compare(value, objective.comparison, objective.required);
  if (needsSampleToFail(objective.measure) && samples < needed) {
    return { ...base, verdict: clearlyFails ? 'fails' : 'unknown' };
  }
  if (!holds) return { ...base, verdict: 'fails' };
  return { ...base, verdict: samples < needed ? 'unknown' : 'holds' };
}

/**
 * What a latency objective is judged by: how many took longer than its limit, failed calls
 * included.
 */
interface Judged extends Measured {
  /** How many were beyond the limit; undefined where the measure is no statistic of times. */
  readonly beyond: number | undefined;
}

/**
 * A call that failed after more than the limit was late as well: a percentile that leaves it out
 * looks best when everything times out. One that failed sooner has no latency; an objective about
 * `success` is for those. A mean is of the answered calls alone.
 */
function withLateFailures(objective: Objective, measured: Measured): Judged {
  const { measure: what, comparison, required } = objective;
  const { histogram: answered, failed } = measured;
  const slow = answered?.countAbove(required);
  const late = failed?.countAbove(required) ?? 0;
  const plain = { ...measured, beyond: slow };
  if (answered === undefined || failed === undefined || slow === undefined || late === 0) {
    return plain;
  }
  if (!('statistic' in what) || what.statistic === 'mean' || !comparison.startsWith('<')) {
    return plain;
  }
  const all = merged([answered, failed], (histogram) => histogram);
  const samples = answered.count + late;
  const rank = (what.statistic === 'max' ? 1 : what.quantile) * samples;
  // Late failures are all above the limit: below it the ranks are those of the answered calls,
  // above it those of all.
  const value =
    rank <= answered.count - slow
      ? answered.quantile(rank / answered.count)
      : all.quantile(Math.min(1, (rank + failed.count - late) / all.count));
  return { ...measured, value, samples, beyond: late + slow };
}

export function compare(
  value: number,
  comparison: Objective['comparison'],
  required: number,
): boolean {
  switch (comparison) {
    case '<':
      return value < required;
    case '<=':
      return value <= required;
    case '>':
      return value > required;
    case '>=':
      return value >= required;
  }
}

/**
 * Shares and counts are what they are in the part that was measured; a statistic of few values is
 * mostly chance.
 */
function needsSampleToFail(what: Measure): boolean {
  return 'statistic' in what && what.statistic !== 'max';
}

function neededFor(objective: Objective): number {
  const { measure: what } = objective;
  if ('statistic' in what) {
    return what.statistic === 'mean' ? samplesForMean : samplesNeeded(what);
  }
  const rare = rareShare(objective);
  return rare === undefined || rare <= 0 ? 1 : Math.ceil(ruleOfThree / rare - 1e-6);
}

/**
 * The share of calls that may miss the objective: 0.1 % for `success > 99.9%`. Undefined for other
 * measures.
 */
function rareShare({ measure: what, comparison, required }: Objective): number | undefined {
  const upper = comparison.startsWith('<');
  if (isShare(what)) return upper ? required : 1 - required;
  if (!('statistic' in what) || what.statistic !== 'quantile') return undefined;
  return upper ? 1 - what.quantile : undefined;
}

/**
 * Times are known only of calls that were answered. Where too few were to tell, but more had no
 * answer than the percentile leaves room for, the objective fails: those calls were later than any
 * limit.
 */
function unansweredFails(objective: Objective, measured: Judged, needed: number): boolean {
  const { measure: what } = objective;
  if (what.kind !== 'latency' || measured.samples >= needed) return false;
  if (!objective.comparison.startsWith('<')) return false;
  const allowed = what.statistic === 'quantile' ? 1 - what.quantile : 0.5;
  const answered = measured.histogram?.count ?? 0;
  const unanswered = measured.failed?.count ?? 0;
  return unanswered > mostByChance(answered + unanswered, allowed);
}

/** Fewer calls than this may all be on their way. */
const callsThatHang = 10;

/**
 * A system in which nothing comes to an end any more has no failures to count, and is no better for
 * it.
 */
function hangs(objective: Objective, measured: Measured): boolean {
  const { measure: what } = objective;
  if (what.kind !== 'latency' && !isShare(what)) return false;
  const ended = measured.samples + (measured.failed?.count ?? 0);
  return ended === 0 && measured.began >= callsThatHang;
}

function failsBeyondChance(objective: Objective, measured: Judged): boolean {
  const { value, samples, beyond } = measured;
  if (Number.isNaN(value)) return false;
  const fails = (observed: number): boolean =>
    !compare(observed, objective.comparison, objective.required);
  const rare = rareShare(objective);
  if (beyond !== undefined) {
    if (rare !== undefined) return beyond > mostByChance(samples, rare);
    return samples >= neededFor(objective) && fails(value) && !isMeanByChance(objective, measured);
  }
  if (rare !== undefined) {
    const missing = objective.comparison.startsWith('<') ? value : 1 - value;
    return fails(value) && missing * samples > mostByChance(samples, rare);
  }
  return fails(value) && beyondCountingNoise(objective, measured);
}

/** What a maximum is, chance does not explain away. */
function isMeanByChance({ measure: what, required }: Objective, measured: Measured): boolean {
  if (measured.histogram === undefined) return false;
  if (!('statistic' in what) || what.statistic !== 'mean') return false;
  const { variance, count } = measured.histogram;
  return Math.abs(measured.value - required) <= offByChance(variance, count);
}

/**
 * Counts per second scatter like a Poisson variate; attempts, levels and waste need some calls
 * behind them.
 */
function beyondCountingNoise(objective: Objective, measured: Measured): boolean {
  if (!isRate(objective.measure)) return measured.samples >= samplesForMean;
  const expected = objective.required * measured.seconds;
  const observed = measured.value * measured.seconds;
  return Math.abs(observed - expected) > 3 * Math.sqrt(expected) + 2;
}
