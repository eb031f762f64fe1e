import type { Verdict } from '../judge/verdict.ts';
import { Histogram } from '../signals/histogram.ts';
import type { Run } from '../signals/run.ts';
import type { Trial } from './trial.ts';

/**
 * The replication that stands for all, because it is the worst: the one that shows the first
 * finding best, else the one that lost the largest share of its tasks, else the slowest.
 *
 * @param runs at least one
 */
export function representativeRun(
  model: Trial['model'],
  verdict: Verdict,
  runs: readonly Run[],
): Run {
  const seed = verdict.findings[0]?.seed;
  const found = runs.find((run) => run.header.seed === seed);
  if (found !== undefined) return found;
  const ranked = runs.map((run) => ({ run, ...badness(model, run) }));
  const [worst] = ranked.toSorted((a, b) => b.lostShare - a.lostShare || b.p99Ms - a.p99Ms);
  if (worst === undefined) throw new Error('a verdict without runs has no representative');
  return worst.run;
}

function badness(
  model: Trial['model'],
  run: Run,
): { readonly lostShare: number; readonly p99Ms: number } {
  const latency = new Histogram();
  let offered = 0;
  for (const interval of run.intervals) {
    if (interval.toMs <= run.header.warmUpMs) continue;
    for (const source of model.sources) {
      const sample = interval.edges[source.edge];
      if (sample === undefined) continue;
      offered += sample.offered;
      latency.merge(sample.latency);
    }
  }
  // What a fallback answered counts as answered here: its latency is in the histogram too.
  const lostShare = offered === 0 ? 0 : 1 - latency.count / offered;
  return { lostShare, p99Ms: latency.count === 0 ? 0 : latency.quantile(0.99) };
}
