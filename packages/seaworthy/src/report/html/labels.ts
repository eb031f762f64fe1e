import type { Run } from '../../signals/run.ts';

interface Labelled {
  readonly folder: string;
  readonly run: Pick<Run, 'header'>;
}

/** What tells runs apart, as short as it can be: by what they differ in, or their folders. */
export function labelsOf(runs: readonly Labelled[]): readonly string[] {
  const ways: readonly ((of: Labelled) => string)[] = [
    ({ run }) => run.header.model.name,
    ({ run }) => run.header.scenario,
    ({ run }) => run.header.model.environment ?? 'as written',
    ({ run }) => (run.header.world === 'simulate' ? 'simulated' : 'rehearsed'),
    ({ run }) => `seed ${run.header.seed}`,
  ];
  for (const way of ways) {
    const labels = runs.map(way);
    if (new Set(labels).size === runs.length) return labels;
  }
  return runs.map(({ folder }) => folder);
}
