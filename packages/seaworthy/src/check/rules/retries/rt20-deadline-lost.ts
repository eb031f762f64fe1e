import type { CallEdge } from '../../../model/import/landscape.ts';
import { durationText } from '../../../model/quantity-text.ts';
import { finding } from '../../decide.ts';
import { edgeName, edgePlace } from '../../edges/edge.ts';
import { EdgeGraph } from '../../edges/graph.ts';
import { worstCase } from '../../edges/worst-case.ts';
import { flag } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';

/** Two hops below the first one: what the first caller has given up is worked on twice over. */
const leastDepth = 3;

export const rt20: Rule = {
  id: 'RT20',
  name: 'a deadline that is not handed on',
  severity: 'medium',
  formula: 'a call with a deadline that is not handed on, with two more calls below it',
  why: 'when the first caller gives up, all services below go on with work that nobody waits for',
  sources: [
    'https://sre.google/sre-book/addressing-cascading-failures/',
    'https://grpc.io/docs/guides/deadlines/',
  ],
  remedy: 'Send the time that is left along with each call, and stop where none is left.',
  needs: ['the timeouts on a path of calls, and whether deadlines are handed on'],
  *decide({ edges }) {
    const graph = new EdgeGraph(edges);
    for (const edge of edges) {
      const lost = edge.layers.find(
        ({ propagatesDeadline }) => propagatesDeadline?.value === false,
      );
      const bound = worstCase(edge);
      if (lost?.propagatesDeadline === undefined || bound.ms === Infinity) continue;
      if (graph.to(edge.from).some((above) => worstCase(above).ms < Infinity)) continue;
      const path = wayDown(graph, edge, leastDepth);
      if (path.length < leastDepth) continue;
      yield finding(edgeName(edge), {
        what:
          `after ${durationText(bound.ms)} ${edge.from} gives up, and ` +
          `${path.map(({ to }) => to).join(' -> ')} go on`,
        numbers: [...bound.numbers, flag('hands the deadline on', lost.propagatesDeadline)],
        passes: 'a deadline that is handed on (propagate: true)',
        at: edgePlace(edge, lost, lost.propagatesDeadline.origin),
      });
    }
  },
};

/** A way down from an edge, no longer than it takes to tell. */
function wayDown(graph: EdgeGraph, edge: CallEdge, length: number): readonly CallEdge[] {
  if (length === 1) return [edge];
  const ways = graph.from(edge.to).map((next) => wayDown(graph, next, length - 1));
  return [edge, ...ways.reduce((a, b) => (b.length > a.length ? b : a), [])];
}
