import type { CallEdge, Landscape } from '../../model/import/landscape.ts';
import { duration } from '../evidence.ts';
import type { Evidence } from '../finding.ts';
import type { EdgeGraph } from './graph.ts';
import { type Bound, worstCase } from './worst-case.ts';

/** What a handler may take, with the call that takes most of it. */
export interface HandlerBound extends Bound {
  readonly slowest: CallEdge | undefined;
}

/** The share of the own time that counts: 1 in 1000 requests is worse. */
const tailShare = 0.999;

/**
 * The longest that a workload works on one request: its calls, one after the other where their
 * order is known, else as if all were made at once (so it is never too long), and its own p99.9
 * where that was measured. Calls that nothing bounds are left out: they are a finding of their own.
 */
export function handlerWorstCase(
  landscape: Landscape,
  graph: EdgeGraph,
  name: string,
): HandlerBound {
  const bounded = graph
    .from(name)
    .map((edge) => ({ edge, bound: worstCase(edge) }))
    .filter(({ bound }) => bound.ms < Infinity);
  const groups = groupsOf(landscape, name, bounded);
  const slowestOf = groups.map((group) =>
    group.reduce((a, b) => (b.bound.ms > a.bound.ms ? b : a)),
  );
  const own = ownTime(landscape, name);
  const slowest = slowestOf.toSorted((a, b) => b.bound.ms - a.bound.ms)[0];
  return {
    ms: slowestOf.reduce((sum, { bound }) => sum + bound.ms, own?.ms ?? 0),
    numbers: [...slowestOf.flatMap(({ bound }) => bound.numbers), ...(own?.numbers ?? [])],
    slowest: slowest?.edge,
  };
}

interface BoundedEdge {
  readonly edge: CallEdge;
  readonly bound: Bound;
}

/** Calls that overlap are one group; groups follow each other. */
function groupsOf(
  { measured }: Landscape,
  name: string,
  edges: readonly BoundedEdge[],
): readonly (readonly BoundedEdge[])[] {
  const order = measured.find(({ service }) => service === name)?.order;
  if (order === undefined) return edges.length === 0 ? [] : [edges];
  const groups = order.map((callees) => edges.filter(({ edge }) => callees.includes(edge.to)));
  const ordered = new Set(groups.flat());
  return [...groups, edges.filter((edge) => !ordered.has(edge))].filter(({ length }) => length > 0);
}

function ownTime({ measured }: Landscape, name: string): Bound | undefined {
  const setting = measured.find(({ service }) => service === name)?.selfTime;
  const tail = setting?.value.find(({ share }) => share >= tailShare);
  if (setting === undefined || tail === undefined) return undefined;
  const own: Evidence = duration(`own time of ${name}`, { ...setting, value: tail.valueMs });
  return { ms: tail.valueMs, numbers: [own] };
}
