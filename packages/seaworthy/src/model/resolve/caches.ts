import type { Edge, Model, Source } from '../model.ts';
import type { Context } from './context.ts';

/** What caches may begin with, all together: some hundred megabytes. */
const mostWarmEntries = 2_000_000;

type System = Pick<Model, 'services' | 'sources' | 'edges'>;

/** Caches that nothing with a key can reach, and caches that begin with more than fits. */
export function checkCaches({ problems, root }: Context, system: System): void {
  let warm = 0;
  system.edges.forEach((edge, index) => {
    if (edge.cache === undefined) return;
    const reaching = system.sources.filter((source) => reaches(system, source.edge, index));
    const keyed = reaching.filter((source) => source.keys !== undefined);
    if (edge.cache.keys === undefined && keyed.length === 0) {
      const source = reaching[0]?.name ?? 'the source';
      const hint = `add keys: { count: 1000, zipf: 0.9 } to traffic.${source}, or to this cache`;
      problems.atKey(
        root,
        ['calls', edge.name, 'cache'],
        'nothing that comes here has a key',
        hint,
      );
    }
    warm += warmEntries(system, edge, keyed);
  });
  if (warm <= mostWarmEntries) return;
  const hint = `at most ${mostWarmEntries} in all callers: warm a smaller share`;
  problems.atKey(root, ['calls'], `caches begin with ${warm} answers`, hint);
}

function warmEntries(system: System, edge: Edge, keyed: readonly Source[]): number {
  const { keys, warmShare, shared } = edge.cache!;
  const count = keys?.count ?? Math.max(0, ...keyed.map((source) => source.keys!.count));
  const callers = shared ? 1 : callersOf(system, edge);
  return Math.min(Math.round(count * warmShare), edge.policy.cache!.capacity) * callers;
}

function callersOf({ services, sources }: System, { from }: Edge): number {
  const callers =
    from.kind === 'source' ? sources[from.index]?.clients : services[from.index]?.replicas.length;
  return callers ?? 0;
}

/** Whether a task that begins with a call over one edge may come to another. */
function reaches({ edges }: System, first: number, wanted: number): boolean {
  const open = [first];
  const seen = new Set(open);
  for (const index of open) {
    if (index === wanted) return true;
    const edge = edges[index];
    if (edge === undefined) continue;
    edges.forEach(({ from }, next) => {
      if (from.kind === 'service' && from.index === edge.to && !seen.has(next)) {
        seen.add(next);
        open.push(next);
      }
    });
    for (const link of edge.fallbacks) {
      if (link.kind === 'call' && !seen.has(link.edge)) {
        seen.add(link.edge);
        open.push(link.edge);
      }
    }
  }
  return false;
}
