import type { CallEdge, Landscape } from '../../../model/import/landscape.ts';
import { durationText } from '../../../model/quantity-text.ts';
import { finding } from '../../decide.ts';
import { edgeName, edgePlace } from '../../edges/edge.ts';
import { EdgeGraph } from '../../edges/graph.ts';
import { type HandlerBound, handlerWorstCase } from '../../edges/handler.ts';
import { attemptPatience, type Bound } from '../../edges/worst-case.ts';
import type { Suspicion } from '../../finding.ts';
import type { Rule } from '../../rule.ts';

export const rt05: Rule = {
  id: 'RT05',
  name: 'the caller gives up before the callee',
  severity: 'high',
  formula:
    'timeout of an attempt of a -> b <= the longest that b works on a request: the sum of its calls ' +
    'that follow each other, the longest of those that overlap; critical where b writes meanwhile',
  why:
    'the callee works on for nobody, and a caller that retries has the same work done twice at ' +
    'once, when the system is slow already',
  sources: [
    'https://istio.io/latest/docs/tasks/traffic-management/fault-injection/',
    'https://sre.google/sre-book/addressing-cascading-failures/',
  ],
  remedy:
    'Let timeouts grow towards the user: shorten those of the calls below, or lengthen this one. ' +
    'Or hand the deadline on, so that the callee stops when nobody waits any more.',
  needs: [
    'the timeouts of an edge',
    'the timeouts and attempts of the calls that its callee makes',
  ],
  *decide(landscape) {
    const graph = new EdgeGraph(landscape.edges);
    for (const edge of landscape.edges) {
      const patience = attemptPatience(edge);
      const work = handlerWorstCase(landscape, graph, edge.to);
      if (patience.ms > work.ms || work.slowest === undefined || stopsInTime(edge)) continue;
      yield inversion(landscape, edge, patience, work);
    }
  },
};

function stopsInTime({ layers }: CallEdge): boolean {
  return layers.some(({ propagatesDeadline }) => propagatesDeadline?.value === true);
}

function inversion(
  { edges }: Landscape,
  edge: CallEdge,
  patience: Bound,
  work: HandlerBound,
): Suspicion {
  const writes = edges.find(({ from, writes: it }) => from === edge.to && it?.value === true);
  const [decisive] = patience.numbers;
  const mayTake = durationText(work.ms);
  const than = patience.ms === work.ms ? 'exactly as long as' : 'while';
  return finding(edgeName(edge), {
    severity: writes === undefined ? 'high' : 'critical',
    what:
      `${edge.from} waits ${durationText(patience.ms)}, ${than} ${edge.to} may work ${mayTake} for ` +
      `it (${edgeName(work.slowest!)})` +
      (writes === undefined ? '' : `, and it writes to ${writes.to} meanwhile`),
    numbers: [...patience.numbers, ...work.numbers],
    passes:
      `a timeout above ${mayTake} on ${edgeName(edge)}, or less than ` +
      `${durationText(patience.ms)} for all that ${edge.to} calls`,
    at: edgePlace(edge, undefined, decisive?.origin),
  });
}
