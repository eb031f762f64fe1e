import type { EdgeGraph } from './graph.ts';
import { attemptPatience, type Bound } from './worst-case.ts';

/** How long the least patient of those who call it waits for an attempt. Infinity: all wait. */
export function shortestPatience(graph: EdgeGraph, callee: string): Bound {
  const none: Bound = { ms: Infinity, numbers: [] };
  return graph
    .to(callee)
    .map(attemptPatience)
    .reduce((a, b) => (b.ms < a.ms ? b : a), none);
}
