import { posix } from 'node:path';

import type { NotUnderstood, Workload } from '../landscape.ts';
import { isWhole } from './files.ts';
import { merged } from './merge.ts';

/**
 * Each service of compose once. Additions such as `compose.prod.yaml` are chosen on the command
 * line, which no file shows: what the whole file says counts, and of several the one nearest to the
 * top.
 *
 * @param environment that was asked for: the additions that are left are meant, and go on top
 */
export function uniqueServices(
  workloads: readonly Workload[],
  notUnderstood: NotUnderstood[],
  environment?: string,
): readonly Workload[] {
  const first = new Map<string, Workload>();
  const again = new Set<string>();
  for (const workload of workloads.toSorted((a, b) => rank(a) - rank(b))) {
    const before = first.get(workload.name);
    if (before === undefined) first.set(workload.name, workload);
    else if (environment !== undefined && areBeside(before, workload)) {
      first.set(workload.name, merged(before, workload));
    } else again.add(workload.at.file);
  }
  for (const file of again) {
    const why =
      'services that another file has as well: that one counts; ' +
      'to check both together, give check what `docker compose config` prints';
    notUnderstood.push({ file, line: 1, column: 1, why });
  }
  return [...first.values()];
}

function areBeside(one: Workload, other: Workload): boolean {
  return posix.dirname(one.at.file) === posix.dirname(other.at.file);
}

/** Whole files before additions, then by depth. */
function rank({ at }: Workload): number {
  return (isWhole(at.file) ? 0 : 1000) + at.file.split('/').length;
}
