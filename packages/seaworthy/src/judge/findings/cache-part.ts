import type { Interval } from '../../signals/run.ts';
import type { Stretch } from './stretch.ts';
import type { RunView } from './view.ts';

/** What the caches of one edge did in some part of a run. Shares are NaN where nothing happened. */
export interface CachePart {
  readonly seconds: number;
  /** Calls that asked. */
  readonly asked: number;
  /** Of them, the share that was answered at once with something that may be given. */
  readonly answeredShare: number;
  /** Flights that began; and those of them for a key that had one under way. */
  readonly recomputed: number;
  readonly duplicates: number;
  /** The most flights for one key at once; and the most that began in a tenth of a second. */
  readonly sameKeyMax: number;
  readonly peak: number;
}

const answers = ['hit', 'stale', 'kept'];
const others = ['miss', 'joined', 'failed'];

function cachePart(intervals: readonly Interval[], edge: number): CachePart {
  let milliseconds = 0;
  let answered = 0;
  let asked = 0;
  let recomputed = 0;
  let duplicates = 0;
  let sameKeyMax = 0;
  let peak = 0;
  for (const interval of intervals) {
    const sample = interval.edges[edge];
    if (sample === undefined) continue;
    milliseconds += interval.toMs - interval.fromMs;
    for (const answer of answers) answered += sample.cache[answer] ?? 0;
    for (const other of others) asked += sample.cache[other] ?? 0;
    recomputed += sample.cache['recomputed'] ?? 0;
    duplicates += sample.cache['duplicate'] ?? 0;
    sameKeyMax = Math.max(sameKeyMax, sample.recomputingMax);
    peak = Math.max(peak, sample.recomputesPeak);
  }
  asked += answered;
  const answeredShare = answered / asked;
  const seconds = milliseconds / 1000;
  return { seconds, asked, answeredShare, recomputed, duplicates, sameKeyMax, peak };
}

export function cacheIn(view: RunView, edge: number, stretch: Stretch): CachePart {
  const steps = view.steps.slice(stretch.from, stretch.to);
  return cachePart(
    steps.flatMap((step) => step.intervals),
    edge,
  );
}
