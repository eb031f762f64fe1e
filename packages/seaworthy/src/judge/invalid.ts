import type { Run } from '../signals/run.ts';

/** Why runs say nothing of the system: each reason once. Empty: they do. */
export function invalidReasons(runs: readonly Run[]): readonly string[] {
  const reasons = runs.flatMap(({ events }) => {
    return events.flatMap(({ kind, text }) => (kind === 'invalid' ? [text] : []));
  });
  return [...new Set(reasons)];
}
