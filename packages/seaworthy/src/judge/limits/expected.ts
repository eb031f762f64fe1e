import type { LimitExpectation, Model } from '../../model/model.ts';
import type { ExpectationRow } from '../expectations.ts';
import { numberText } from '../words.ts';
import { loadText } from './notes.ts';
import type { Limits, TriggerResult } from './result.ts';
import type { Threshold } from './search.ts';

/** Finds the limits of a model, with the triggers of these scenarios; undefined is a burst. */
export type FindLimits = (
  model: Model,
  scenarios: readonly (string | undefined)[],
) => Promise<Limits>;

/**
 * Holds `limits` to all expectations of one file, environment by environment.
 *
 * @param read the model of the file with the overlay of an environment, or without one
 */
export async function* limitExperiment(
  read: (environment: string | undefined) => Promise<Model>,
  find: FindLimits,
): AsyncGenerator<ExpectationRow> {
  const { limits: all } = await read(undefined);
  for (const environment of new Set(all.map((each) => each.environment))) {
    // One search after the other: each has all cores.
    const model = await read(environment);
    const mine = model.limits.filter((each) => each.environment === environment);
    const triggers = mine.filter((each) => each.limit === 'tips at');
    const scenarios = [...new Set(triggers.map((each) => each.scenario))];
    const found = await find(model, scenarios);
    yield* mine.map((each) => rowOf(each, found));
  }
}

function rowOf(expectation: LimitExpectation, limits: Limits): ExpectationRow {
  const { text, scenario, environment, source, from, to, value } = expectation;
  const { at, error, note } = observedOf(expectation, limits);
  const show = (number: number): string => valueText(expectation, limits, number);
  const deviates = value === undefined || at === undefined ? undefined : at / value - 1;
  return {
    text,
    scenario,
    environment,
    source,
    expected: value === undefined ? `${show(from)} to ${show(to)}` : show(value),
    observed: at === undefined ? (note ?? 'not known') : show(at),
    standardError: error === undefined ? undefined : show(error),
    deviation:
      deviates === undefined
        ? undefined
        : `${deviates < 0 ? '' : '+'}${(deviates * 100).toFixed(2)} %`,
    ok: at !== undefined && at >= from && at <= to,
    note,
  };
}

interface Observed {
  readonly at: number | undefined;
  /** The standard deviation of what is believed of it. */
  readonly error?: number;
  readonly note?: string;
}

function observedOf({ limit, scenario }: LimitExpectation, limits: Limits): Observed {
  switch (limit) {
    case 'stable up to':
      return thresholdOf(limits.stableUpTo, 1);
    case 'vulnerable up to':
      return thresholdOf(limits.vulnerableUpTo, 1);
    case 'fragility':
      return { at: limits.fragility };
    case 'tips at': {
      const trigger = triggerOf(limits, scenario);
      if (trigger === undefined) return { at: undefined };
      const { skipped, tipsAt, durationMs } = trigger;
      if (skipped !== undefined) return { at: undefined, note: skipped };
      return thresholdOf(tipsAt, durationMs ?? 1);
    }
  }
}

function triggerOf({ triggers }: Limits, scenario: string | undefined): TriggerResult | undefined {
  return triggers.find((trigger) => trigger.name === (scenario ?? 'burst'));
}

/** An interval of 95 % is 3.92 standard deviations wide. */
const deviationsWide = 3.92;

function thresholdOf(threshold: Threshold, unit: number): Observed {
  switch (threshold.kind) {
    case 'found': {
      const { at, low, high } = threshold;
      return { at: at * unit, error: ((high - low) / deviationsWide) * unit };
    }
    case 'between':
      return { at: undefined, note: 'not known closely enough' };
    case 'above':
      return { at: undefined, note: 'above all' };
    case 'below':
      return { at: undefined, note: 'below all' };
    case 'unknown':
      return { at: undefined };
  }
}

/** In four digits and one unit. */
function valueText({ limit }: LimitExpectation, limits: Limits, value: number): string {
  const digits = Number(value.toPrecision(4));
  switch (limit) {
    case 'stable up to':
    case 'vulnerable up to':
      return limits.load.unit === 'per second' ? `${digits}/s` : loadText(limits.load.unit, digits);
    case 'fragility':
      return numberText(value);
    case 'tips at':
      return `${digits} ms`;
  }
}
