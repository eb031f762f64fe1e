import type { Expectation, Model } from '../model/model.ts';
import type { Run } from '../signals/run.ts';
import { measure, samplesNeeded } from './measure.ts';
import { mean, standardError } from './statistics.ts';
import { afterWarmUp } from './totals.ts';
import { numberText, valueText } from './words.ts';

/** One published or closed-form value beside what the engine says. */
export interface ExpectationRow {
  /** As written in the file. */
  readonly text: string;
  /** The formula or the publication. */
  readonly source: string;
  readonly expected: string;
  /** The mean over the replications. */
  readonly observed: string;
  /** Of that mean, in the unit of the measure; undefined with one replication. */
  readonly standardError: number | undefined;
  /** What the difference may be: `3 standard errors (0.012)`, `3 %`. */
  readonly tolerance: string;
  readonly ok: boolean;
  /** Why it is not ok, where the numbers do not say it. */
  readonly note: string | undefined;
}

/** A standard error from fewer replications is too uncertain to hold anything to three of them. */
export const replicationsNeeded = 30;

/** Holds the runs of each scenario to the expectations of the file, for the environment that the model was read with. */
export function checkExpectations(
  model: Model,
  runsOf: (scenario: string | undefined) => readonly Run[],
): readonly ExpectationRow[] {
  return model.expectations
    .filter((expectation) => expectation.environment === model.environment)
    .map((expectation) => check(model, expectation, runsOf(expectation.scenario)));
}

function check(model: Model, expectation: Expectation, runs: readonly Run[]): ExpectationRow {
  const { measure: what, subject, expected } = expectation;
  const measured = runs.map((run) =>
    measure(model, run, subject, what, expectation.window ?? afterWarmUp(run)),
  );
  const values = measured.map((each) => each.value);
  const observed = mean(values);
  const error = values.length > 1 ? standardError(values) : undefined;
  const needed = samplesNeeded(what);
  const fewest = Math.min(...measured.map((each) => each.samples));
  const problem = problemOf(expectation, runs.length, fewest, needed);
  return {
    text: expectation.text,
    source: expectation.source,
    expected:
      expected.kind === 'value'
        ? valueText(what, expected.value)
        : `${valueText(what, expected.from)} to ${valueText(what, expected.to)}`,
    observed: Number.isNaN(observed) ? 'not measured' : valueText(what, observed),
    standardError: error,
    tolerance: toleranceText(expectation, error),
    ok: problem === undefined && within(expectation, observed, error),
    note: problem,
  };
}

function problemOf(
  expectation: Expectation,
  replications: number,
  fewestSamples: number,
  samples: number,
): string | undefined {
  if (replications === 0) return 'there is no run of this scenario';
  if (usesStandardErrors(expectation) && replications < replicationsNeeded) {
    return `standard errors need ${replicationsNeeded} replications or more, and there are ${replications}`;
  }
  if (fewestSamples < samples) {
    return `a replication has ${fewestSamples} samples where ${samples} are needed`;
  }
  return undefined;
}

function usesStandardErrors({ expected }: Expectation): boolean {
  return expected.kind === 'value' && expected.tolerance.kind === 'standard-errors';
}

function within({ expected }: Expectation, observed: number, error: number | undefined): boolean {
  if (Number.isNaN(observed)) return false;
  if (expected.kind === 'range') return observed >= expected.from && observed <= expected.to;
  return Math.abs(observed - expected.value) <= allowed(expected, error);
}

function allowed(
  expected: Extract<Expectation['expected'], { kind: 'value' }>,
  error: number | undefined,
): number {
  const { tolerance, value } = expected;
  if (tolerance.kind === 'share') return Math.abs(value) * tolerance.share;
  return tolerance.count * (error ?? Number.NaN);
}

function toleranceText(expectation: Expectation, error: number | undefined): string {
  const { expected, measure: what } = expectation;
  if (expected.kind === 'range') return 'in the range';
  const { tolerance } = expected;
  if (tolerance.kind === 'share') return `within ${numberText(tolerance.share * 100)} %`;
  const width = error === undefined ? '?' : valueText(what, tolerance.count * error);
  return `within ${tolerance.count} standard errors (${width})`;
}
