import { Criticality, criticalityNames } from '@seaworthy/policy/engine';

import type { Measure, Model, Source, Subject } from '../model/model.ts';
import type { EdgeSample, Run } from '../signals/run.ts';
import { cacheResult } from './cache-result.ts';
import { latencyResult } from './latency.ts';
import { measure, samplesNeeded } from './measure.ts';
import { median, middle } from './statistics.ts';
import { afterWarmUp, edgeSamples, intervalsIn, merged, sumOf, total } from './totals.ts';
import { fallbackResult } from './fallback.ts';
import type { ClassResult, EdgeResult, Finding, TrafficResult } from './verdict.ts';

/** Every source over the run, after the warm-up. */
export function trafficResults(model: Model, runs: readonly Run[]): readonly TrafficResult[] {
  return model.sources.map((source, index) => {
    const value = valueOf(model, runs, { kind: 'source', index });
    return {
      source: source.name,
      offeredPerSecond: value({ kind: 'offered' }),
      goodputPerSecond: value({ kind: 'goodput' }),
      successShare: value({ kind: 'success' }),
      fallbackShare: value({ kind: 'fallback' }),
      failedShare: value({ kind: 'failed' }),
      rejectedShare: value({ kind: 'rejected' }),
      latency: latencyResult(runs.map((run) => answeredTimes(run, source.edge))),
      classes: classResults(source, value),
    };
  });
}

function classResults(source: Source, value: (what: Measure) => number): readonly ClassResult[] {
  const classes = Object.values(Criticality).filter((one) => source.criticality[one]! > 0);
  if (classes.length < 2) return [];
  return classes.toReversed().map((criticality) => ({
    criticality: criticalityNames[criticality],
    successShare: value({ kind: 'success', criticality }),
    fallbackShare: value({ kind: 'fallback', criticality }),
    failedShare: value({ kind: 'failed', criticality }),
    rejectedShare: value({ kind: 'rejected', criticality }),
  }));
}

/** Every edge, the notable ones first. */
export function edgeResults(
  model: Model,
  runs: readonly Run[],
  findings: readonly Finding[],
): readonly EdgeResult[] {
  const named = new Set(findings.flatMap((finding) => finding.edges));
  const results = model.edges.map((edge, index) => {
    const result = edgeResult(model, runs, index);
    return { ...result, notable: named.has(edge.name) || farFromCalm(result) };
  });
  return [...results.filter((edge) => edge.notable), ...results.filter((edge) => !edge.notable)];
}

/**
 * Worth reading without a finding: a retry for every tenth call, or one call in a hundred without
 * its own answer, or a breaker that was not closed. Not where nobody called, or nobody saw it.
 */
function farFromCalm(edge: Omit<EdgeResult, 'notable'>): boolean {
  if (edge.offeredPerSecond === 0) return false;
  return edge.attemptsPerTask > 1.1 || edge.successShare < 0.99 || edge.breakerOpenShare > 0;
}

/** A call that a cache answered succeeded without an attempt. */
function attemptSuccess(samples: readonly EdgeSample[], cached: boolean): number {
  const failed = sumOf(samples, (sample) => total(sample.attemptsFailed));
  const succeeded = cached
    ? Math.max(0, sumOf(samples, (sample) => sample.attempts) - failed)
    : sumOf(samples, (sample) => sample.succeeded);
  return succeeded / (succeeded + failed);
}

function edgeResult(
  model: Model,
  runs: readonly Run[],
  index: number,
): Omit<EdgeResult, 'notable'> {
  const value = valueOf(model, runs, { kind: 'edge', index });
  const samples = runs.map((run) => edgeSamples(intervalsIn(run, afterWarmUp(run)), [index]));
  const waits = samples.map((each) => merged(each, (sample) => sample.wait));
  const waitP99: Measure = { kind: 'wait', statistic: 'quantile', quantile: 0.99 };
  const waitsKnown = waits.every((wait) => wait.count >= samplesNeeded(waitP99));
  return {
    edge: model.edges[index]?.name ?? '',
    offeredPerSecond: value({ kind: 'offered' }),
    successShare: value({ kind: 'success' }),
    attemptSuccessShare: middle(
      samples.map((each) => attemptSuccess(each, model.edges[index]?.policy.cache !== undefined)),
    ),
    attemptsPerTask: value({ kind: 'attempts' }),
    latency: latencyResult(runs.map((run) => answeredTimes(run, index))),
    waitP99Ms: waitsKnown ? median(waits.map((wait) => wait.quantile(0.99))) : undefined,
    rejectedShare: value({ kind: 'rejected' }),
    fallbackShare: value({ kind: 'fallback' }),
    fallback: fallbackResult(samples),
    breakerOpenShare: middle(
      samples.map((each) => sumOf(each, (sample) => sample.breakerOpenShare) / each.length),
    ),
    inFlightMax: middle(
      samples.map((each) => Math.max(0, ...each.map((sample) => sample.inFlightMax))),
    ),
    cache: model.edges[index]?.policy.cache && cacheResult(runs, index),
    limit: middle(samples.map((each) => each.at(-1)?.limit ?? 0)),
  };
}

/**
 * The median over the replications of a measure after the warm-up; 0 where nothing was measured.
 */
export function valueOf(
  model: Model,
  runs: readonly Run[],
  subject: Subject,
): (what: Measure) => number {
  return (what) =>
    middle(runs.map((run) => measure(model, run, subject, what, afterWarmUp(run)).value));
}

function answeredTimes(run: Run, edge: number): ReturnType<typeof merged> {
  const samples = edgeSamples(intervalsIn(run, afterWarmUp(run)), [edge]);
  return merged(samples, (sample) => sample.latency);
}
