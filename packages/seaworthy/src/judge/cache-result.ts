import type { EdgeSample, Run } from '../signals/run.ts';
import { middle } from './statistics.ts';
import type { CacheResult } from './verdict.ts';
import { afterWarmUp, edgeSamples, intervalsIn, secondsOf, sumOf } from './totals.ts';

/** What asks is one of these. */
const asking = ['hit', 'stale', 'kept', 'miss', 'joined', 'failed'];

/** What the caches of an edge did. */
export function cacheResult(runs: readonly Run[], edge: number): CacheResult {
  const parts = runs.map((run) => intervalsIn(run, afterWarmUp(run)));
  const replications = parts.map((intervals) => edgeSamples(intervals, [edge]));
  const share = (...events: readonly string[]): number =>
    middle(replications.map((samples) => counted(samples, events) / counted(samples, asking)));
  const perSecond = (event: string): number =>
    middle(
      parts.map((intervals) => {
        return counted(edgeSamples(intervals, [edge]), [event]) / secondsOf(intervals);
      }),
    );
  return {
    hitShare: share('hit'),
    staleShare: share('stale', 'kept'),
    missShare: share('miss'),
    joinedShare: share('joined'),
    failedShare: share('failed'),
    rescuedShare: share('rescued'),
    recomputedPerSecond: perSecond('recomputed'),
    refreshedPerSecond: perSecond('refresh'),
    recomputingMax: middle(
      replications.map((samples) => Math.max(0, ...samples.map((it) => it.recomputingMax))),
    ),
  };
}

function counted(samples: readonly EdgeSample[], events: readonly string[]): number {
  return sumOf(samples, (sample) =>
    events.reduce((sum, event) => sum + (sample.cache[event] ?? 0), 0),
  );
}
