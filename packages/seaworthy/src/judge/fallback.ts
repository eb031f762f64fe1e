import type { EdgeSample } from '../signals/run.ts';
import { median } from './statistics.ts';
import { sumOf, total } from './totals.ts';
import type { FallbackResult } from './verdict.ts';

/** What the fallback of an edge did, over all replications together; one list of samples each. */
export function fallbackResult(
  replications: readonly (readonly EdgeSample[])[],
): FallbackResult | undefined {
  const samples = replications.flat();
  const all = sumOf(samples, (sample) => total(sample.fallback));
  if (all === 0) return undefined;
  const links = Math.max(...samples.map((sample) => sample.fallbackLinks.length));
  return {
    reasons: reasonsOf(samples),
    links: Array.from(
      { length: links },
      (_, link) => sumOf(samples, (sample) => sample.fallbackLinks[link] ?? 0) / all,
    ),
    normalMs: median(replications.map(longestNormalMs)),
  };
}

function longestNormalMs(samples: readonly EdgeSample[]): number {
  return Math.max(0, ...samples.map((sample) => sample.fallbackNormalMs));
}

/** Why a fallback had to answer, the most frequent reason first. */
function reasonsOf(samples: readonly EdgeSample[]): FallbackResult['reasons'] {
  const counts = new Map<string, number>();
  for (const { fallback } of samples) {
    for (const [reason, count] of Object.entries(fallback)) {
      counts.set(reason, (counts.get(reason) ?? 0) + count);
    }
  }
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [...counts]
    .map(([reason, count]) => ({ reason, share: count / all }))
    .toSorted((left, right) => right.share - left.share);
}
