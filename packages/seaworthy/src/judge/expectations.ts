import type { Expectation, Model, Tolerance } from '../model/model.ts';
import type { Run } from '../signals/run.ts';
import { measure, samplesNeeded } from './measure.ts';
import { mean, standardError } from './statistics.ts';
import { afterWarmUp } from './totals.ts';
import { exactText } from './words.ts';

/** One published or closed-form value beside what the engine says. */
export interface ExpectationRow {
  /** As written in the file. */
  readonly text: string;
  readonly scenario: string | undefined;
  readonly environment: string | undefined;
  /** The formula or the publication. */
  readonly source: string;
  readonly expected: string;
  /** The mean over the replications. */
  readonly observed: string;
  /** The standard error of that mean, as a text with its unit; undefined with one replication. */
  readonly standardError: string | undefined;
  /**
   * How far apart they are, in the terms of the tolerance: `1.2 se`, `0.4 %`; undefined for a
   * range.
   */
  readonly deviation: string | undefined;
  readonly ok: boolean;
  /** Why it is not ok, where the numbers do not say it. */
  readonly note: string | undefined;
}

/** A standard error from fewer replications is too uncertain to hold anything to three of them. */
const replicationsNeeded = 30;

/**
 * Holds the runs of each scenario to the expectations of the file, for the environment that the
 * model was read with.
 */
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
    scenario: expectation.scenario,
    environment: expectation.environment,
    source: expectation.source,
    expected:
      expected.kind === 'value'
        ? exactText(what, expected.value)
        : `${exactText(what, expected.from)} to ${exactText(what, expected.to)}`,
    observed: Number.isNaN(observed) ? 'not measured' : exactText(what, observed),
    standardError: error === undefined ? undefined : exactText(what, error),
    deviation: deviationText(expectation, observed, error),
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
  return tolerance.count * errorOf(tolerance, error);
}

/** Positive: more than expected. */
function deviationText(
  { expected }: Expectation,
  observed: number,
  error: number | undefined,
): string | undefined {
  if (expected.kind === 'range' || Number.isNaN(observed)) return undefined;
  const difference = observed - expected.value;
  if (expected.tolerance.kind === 'share') {
    return `${signed((difference / expected.value) * 100, 2)} %`;
  }
  // Without any scatter the two agree to the last digit, or the difference counts for ever.
  const own = errorOf(expected.tolerance, error);
  return `${signed(difference === 0 ? 0 : difference / own, 1)} se`;
}

/** The standard error of the difference of the observed and the expected value. */
function errorOf(
  tolerance: Extract<Tolerance, { kind: 'standard-errors' }>,
  error: number | undefined,
): number {
  return Math.hypot(error ?? Number.NaN, tolerance.own);
}

function signed(value: number, decimals: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(decimals)}`;
}
