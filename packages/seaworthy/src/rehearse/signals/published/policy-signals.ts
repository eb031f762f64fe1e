import { reasonNames } from '@seaworthy/policy/engine';

import { Histogram } from '../../../signals/histogram.ts';
import type { Counts, EdgeSample } from '../../../signals/run.ts';
import type { ProcessSeries } from './process-series.ts';

type Grown = ReturnType<ProcessSeries['take']>;

/**
 * What the policies of callers say of one edge, in place of what a proxy can only guess: calls
 * apart from attempts, what was refused before it reached the wire, breakers, limits, budgets.
 *
 * @param callers What each process says of its policy for this edge.
 */
export function withPolicies(sample: EdgeSample, callers: readonly Grown[]): EdgeSample {
  const all = callers.flat();
  const offered = grown(all, 'offered');
  if (!all.some(({ name }) => name === 'offered')) return sample;
  const open = gauges(all, 'breaker_open');
  const budgets = gauges(all, 'budget_left');
  const normalMs = gauges(all, 'fallback_normal').map((seconds) => seconds * 1000);
  return {
    ...sample,
    offered,
    succeeded: grown(all, 'succeeded'),
    fallback: byWord(all, 'fallback', 'reason'),
    failed: byWord(all, 'failed', 'reason'),
    rejected: byWord(all, 'rejected', 'reason'),
    attempts: grown(all, 'attempts'),
    attemptsFailed: byWord(all, 'attempts_failed', 'reason'),
    retries: grown(all, 'retries'),
    retriesStopped: byWord(all, 'retries_stopped', 'reason'),
    hedges: grown(all, 'hedges'),
    hedgesStopped: byWord(all, 'hedges_stopped', 'reason'),
    cache: byWord(all, 'cache', 'how'),
    wait: histogram(all, 'wait_bucket'),
    limit: sum(gauges(all, 'limit')),
    queueMean: sum(gauges(all, 'queued')),
    queueMax: sum(gauges(all, 'queued')),
    breakerOpenShare:
      open.length === 0 ? 0 : open.filter((state) => state > 0).length / open.length,
    budgetLeft: budgets.length === 0 ? -1 : sum(budgets),
    fallbackNormalShare:
      normalMs.length === 0 ? 0 : normalMs.filter((ms) => ms > 0).length / callers.length,
    fallbackNormalMs: Math.max(0, ...normalMs),
  };
}

function grown(all: Grown, wanted: string): number {
  return whole(sum(all.filter(({ name }) => name === wanted).map((one) => one.grown)));
}

function gauges(all: Grown, wanted: string): readonly number[] {
  return all.filter(({ name }) => name === wanted).map(({ value }) => value);
}

/** Words of the library, and of its caches and budgets; no others get into a record. */
const known: ReadonlySet<string> = new Set<string>(
  (reasonNames as readonly string[]).concat(
    ['attempts', 'task-attempts', 'budget', 'retry-after', 'limit', 'breaker', 'throttle'],
    ['endpoint', 'hit', 'stale', 'kept', 'miss', 'joined', 'rescued'],
  ),
);

function byWord(all: Grown, wanted: string, label: string): Counts {
  const counts: Record<string, number> = {};
  for (const one of all) {
    const word = one.labels[label];
    if (one.name !== wanted || word === undefined || !known.has(word)) continue;
    const count = whole(one.grown);
    if (count > 0) counts[word] = (counts[word] ?? 0) + count;
  }
  return counts;
}

/** Each value counts as the end of its bucket: at most one bucket too long, never too short. */
function histogram(all: Grown, wanted: string): Histogram {
  const made = new Histogram();
  const buckets = all
    .filter(({ name }) => name === wanted)
    .map(({ labels, grown: count }) => ({
      le: Number(labels['le']?.replace('+Inf', 'Infinity')),
      count,
    }))
    .toSorted((a, b) => a.le - b.le);
  const counts = new Map<number, number>();
  for (const { le, count } of buckets) counts.set(le, (counts.get(le) ?? 0) + count);
  let [before, bound] = [0, 0];
  for (const [le, count] of counts) {
    if (Number.isFinite(le)) bound = le * 1000;
    made.recordMany(bound, whole(count - before));
    before = count;
  }
  return made;
}

function whole(value: number): number {
  return Math.max(0, Math.round(value));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
