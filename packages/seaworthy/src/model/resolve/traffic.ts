import type { ClosedArrivals, OpenArrivals } from '../arrivals.ts';
import type { Source } from '../model.ts';
import type { SourceEntry } from '../schema/traffic.ts';
import { criticalityShares } from './criticality.ts';
import type { Context } from './context.ts';
import type { EdgeTable } from './edges.ts';
import { requestsOf } from './stage.ts';

/** The sources of tasks. Uses an edge for each. */
export function resolveTraffic(context: Context, edges: EdgeTable): readonly Source[] {
  const sources: Source[] = [];
  for (const [index, name] of context.sourceNames.entries()) {
    const entry = context.parts.traffic.get(name);
    if (entry === undefined) continue;
    const path = ['traffic', name, 'to'];
    const edge = edges.use({ kind: 'source', index }, name, entry.to, path);
    sources.push({
      name,
      edge,
      clients: entry.clients ?? ('users' in entry ? entry.users : 1),
      criticality: criticalityShares(entry.criticality),
      arrivals: 'users' in entry ? closed(entry) : open(entry),
      ...(entry.keys && { keys: entry.keys }),
      reload: entry.reload && {
        afterMs: entry.reload.after,
        share: entry.reload.share,
        times: entry.reload.times,
      },
      requests: entry.requests && requestsOf(entry.requests),
    });
  }
  return sources;
}

function closed(entry: Extract<SourceEntry, { users: number }>): ClosedArrivals {
  return { kind: 'closed', users: entry.users, tasks: entry.tasks, think: entry.think };
}

function open(entry: Exclude<SourceEntry, { users: number }>): OpenArrivals {
  const points =
    typeof entry.rate === 'number' ? [{ at: 0, rate: entry.rate, over: 0 }] : entry.rate;
  return {
    kind: 'open',
    spacing: entry.arrivals,
    shape: points.map((point) => ({
      atMs: point.at,
      perSecond: point.rate,
      overMs: point.over,
    })),
  };
}
