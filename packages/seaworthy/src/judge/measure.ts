import type { Criticality } from '@seaworthy/policy/engine';

import type { Measure, Model, Subject } from '../model/model.ts';
import type { EdgeSample, Interval, Run, ServiceSample } from '../signals/run.ts';
import { counted, levelMeasured, type Measured, timeMeasured } from './measured.ts';
import { measureQueue } from './queues.ts';
import { measureRows } from './rows.ts';
import {
  edgeSamples,
  endOf,
  intervalsIn,
  merged,
  secondsOf,
  serviceSamples,
  settled,
  sumOf,
  total,
} from './totals.ts';
import type { Span } from './triggers.ts';

/**
 * At least ten samples beyond a percentile, or it says little more than the largest value: 1,000
 * samples for p99.
 */
export function samplesNeeded(what: Measure): number {
  if (!('statistic' in what) || what.statistic !== 'quantile') return 1;
  const beyond = Math.min(what.quantile, 1 - what.quantile);
  return beyond > 0 ? Math.ceil(10 / beyond - 1e-6) : 1;
}

/** Whether a measure counts calls, writes or messages by how they ended. */
export function isShare(what: Measure): boolean {
  return shares.includes(what.kind);
}

const shares: readonly Measure['kind'][] = [
  'success',
  'failed',
  'rejected',
  'fallback',
  'conflicts',
  'redelivered',
  'duplicates',
  'dead-letters',
];

/** Whether a measure counts calls per second. */
export function isRate(what: Measure): boolean {
  return ['offered', 'goodput', 'throughput'].includes(what.kind);
}

/** The edges that a subject's calls run over: all calls into a service, or the one edge. */
function edgesOf(model: Model, subject: Subject): readonly number[] {
  switch (subject.kind) {
    case 'edge':
      return [subject.index];
    case 'source':
      return model.sources.slice(subject.index, subject.index + 1).map((source) => source.edge);
    case 'service':
      return model.edges.flatMap((edge, index) => (edge.to === subject.index ? [index] : []));
    case 'queue':
    case 'rows':
    case 'system':
      return [];
  }
}

/**
 * What a run says about a measure in a span. Recovery is not measured here: it is judged from the
 * other objectives.
 */
export function measure(
  model: Model,
  run: Run,
  subject: Subject,
  what: Measure,
  span: Span,
): Measured {
  const intervals = intervalsIn(run, span);
  if (what.kind === 'makespan') return measureMakespan(run, subject, span);
  if (subject.kind === 'queue') return measureQueue(intervals, subject.index, what);
  if (subject.kind === 'rows') return measureRows(intervals, subject.index, what);
  if (subject.kind === 'service') {
    const own = measureService(intervals, subject.index, what);
    if (own !== undefined) return own;
  }
  return measureEdges(intervals, edgesOf(model, subject), what, model);
}

/** What the service itself saw; undefined for the measures that are about the calls into it. */
function measureService(
  intervals: readonly Interval[],
  service: number,
  what: Measure,
): Measured | undefined {
  const samples = serviceSamples(intervals, service);
  const level = (of: (sample: ServiceSample) => number): Measured =>
    levelMeasured(intervals, (interval) => {
      const sample = interval.services[service];
      return sample === undefined ? Number.NaN : of(sample);
    });
  switch (what.kind) {
    case 'wait':
      return timeMeasured(
        merged(samples, (sample) => sample.wait),
        what,
        intervals,
      );
    case 'service-time':
      return timeMeasured(
        merged(samples, (sample) => sample.serviceTime),
        what,
        intervals,
      );
    case 'in-flight':
      return level((sample) => sample.inFlightMean);
    case 'queue':
      return level((sample) => sample.queueMean);
    case 'in-system':
      return level((sample) => sample.inFlightMean + sample.queueMean);
    case 'utilisation':
      return level((sample) => (sample.utilisation < 0 ? Number.NaN : sample.utilisation));
    case 'wasted': {
      const busyMs = sumOf(samples, (sample) => sample.busyMs);
      const served = sumOf(samples, (sample) => sample.served);
      return counted(sumOf(samples, (sample) => sample.wastedMs) / busyMs, served, intervals);
    }
    case 'latency':
    case 'success':
    case 'failed':
    case 'rejected':
    case 'fallback':
    case 'attempts':
    case 'offered':
    case 'goodput':
    case 'throughput':
    case 'recovery':
    case 'conflicts':
    case 'backlog':
    case 'age':
    case 'redelivered':
    case 'duplicates':
    case 'dead-letters':
    case 'makespan':
      return undefined;
  }
}

function measureEdges(
  intervals: readonly Interval[],
  edges: readonly number[],
  what: Measure,
  model: Model,
): Measured {
  const samples = edgeSamples(intervals, edges);
  const level = (of: (sample: EdgeSample) => number): Measured =>
    levelMeasured(intervals, (interval) => sumOf(edgeSamples([interval], edges), of));
  switch (what.kind) {
    case 'latency': {
      const answered = merged(samples, (sample) => sample.latency);
      const failed = merged(samples, (sample) => sample.latencyFailed);
      const began = sumOf(samples, (sample) => sample.offered);
      return { ...timeMeasured(answered, what, intervals), failed, began };
    }
    case 'wait':
      return timeMeasured(
        merged(samples, (sample) => sample.wait),
        what,
        intervals,
      );
    case 'success':
    case 'failed':
    case 'rejected':
    case 'fallback': {
      if (what.criticality !== undefined)
        return ofClass(samples, what.kind, what.criticality, intervals);
      const all = sumOf(samples, settled);
      const began = sumOf(samples, (sample) => sample.offered);
      const share = sumOf(samples, outcomeCount[what.kind]) / all;
      return { ...counted(share, all, intervals), began };
    }
    case 'attempts': {
      const offered = sumOf(samples, (sample) => sample.offered);
      return counted(sumOf(samples, (sample) => sample.attempts) / offered, offered, intervals);
    }
    case 'offered':
    case 'goodput':
    case 'throughput': {
      const count = sumOf(samples, rateCount[what.kind]);
      return counted(count / secondsOf(intervals), count, intervals);
    }
    case 'in-flight':
      return level((sample) => sample.inFlightMean);
    case 'queue':
      return level((sample) => sample.queueMean);
    case 'in-system':
      return level((sample) => sample.inFlightMean + sample.queueMean);
    case 'utilisation':
      return level((sample) =>
        sample.limit > 0 ? sample.inFlightMean / sample.limit : Number.NaN,
      );
    case 'wasted': {
      const callee = model.edges[edges[0] ?? -1]?.to;
      return measureService(intervals, callee ?? -1, what) ?? counted(Number.NaN, 0, intervals);
    }
    case 'service-time':
    case 'recovery':
    case 'conflicts':
    case 'backlog':
    case 'age':
    case 'redelivered':
    case 'duplicates':
    case 'dead-letters':
    case 'makespan':
      return counted(Number.NaN, 0, intervals);
  }
}

/** The share of the calls of one class. */
function ofClass(
  samples: readonly EdgeSample[],
  kind: 'success' | 'failed' | 'rejected' | 'fallback',
  criticality: Criticality,
  intervals: readonly Interval[],
): Measured {
  const classes = samples.flatMap((sample) =>
    sample.classes.filter((one) => one.criticality === criticality),
  );
  const all = sumOf(classes, (it) => it.succeeded + it.fallback + it.failed + it.rejected);
  const count = sumOf(classes, (it) => (kind === 'success' ? it.succeeded : it[kind]));
  const began = sumOf(classes, (it) => it.offered);
  return { ...counted(count / all, all, intervals), began };
}

const outcomeCount: Readonly<
  Record<'success' | 'failed' | 'rejected' | 'fallback', (sample: EdgeSample) => number>
> = {
  success: (sample) => sample.succeeded,
  failed: (sample) => total(sample.failed),
  rejected: (sample) => total(sample.rejected),
  fallback: (sample) => total(sample.fallback),
};

const rateCount: Readonly<
  Record<'offered' | 'goodput' | 'throughput', (sample: EdgeSample) => number>
> = {
  offered: (sample) => sample.offered,
  goodput: (sample) => sample.succeeded,
  throughput: (sample) => settled(sample) - total(sample.rejected),
};

/**
 * Known from the event that tells it, to the nanosecond, and not only to the interval. A part of a
 * run has none.
 */
function measureMakespan(run: Run, subject: Subject, span: Span): Measured {
  if (span.toMs < endOf(run)) return counted(Number.NaN, 0, run.intervals);
  const name = subject.kind === 'source' ? run.header.sources[subject.index] : undefined;
  const finished = run.events.find(
    ({ kind, subject: who }) => kind === 'source-finished' && who === name,
  );
  return counted(finished?.atMs ?? Infinity, Infinity, run.intervals);
}
