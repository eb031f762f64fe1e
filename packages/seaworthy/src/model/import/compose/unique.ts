import type { NotUnderstood, Workload } from '../landscape.ts';
import { isWhole } from './files.ts';

/**
 * Each service of compose once. Additions such as `compose.prod.yaml` are chosen on the command
 * line, which no file shows: what the whole file says counts, and of several the one nearest to the
 * top.
 */
export function uniqueServices(
  workloads: readonly Workload[],
  notUnderstood: NotUnderstood[],
): readonly Workload[] {
  const first = new Map<string, Workload>();
  const again = new Set<string>();
  for (const workload of workloads.toSorted((a, b) => rank(a) - rank(b))) {
    if (first.has(workload.name)) again.add(workload.at.file);
    else first.set(workload.name, workload);
  }
  for (const file of again) {
    const why =
      'services that another file has as well: that one counts; ' +
      'to check both together, give check what `docker compose config` prints';
    notUnderstood.push({ file, line: 1, column: 1, why });
  }
  return [...first.values()];
}

/** Whole files before additions, then by depth. */
function rank({ at }: Workload): number {
  return (isWhole(at.file) ? 0 : 1000) + at.file.split('/').length;
}
