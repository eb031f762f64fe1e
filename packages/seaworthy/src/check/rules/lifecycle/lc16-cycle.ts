import type { FileOrigin, Landscape } from '../../../model/import/landscape.ts';
import { finding } from '../../decide.ts';
import { edgePlace } from '../../edges/edge.ts';
import type { Suspicion } from '../../finding.ts';
import type { Rule } from '../../rule.ts';

export const lc16: Rule = {
  id: 'LC16',
  name: 'a cycle of calls, or of starts',
  severity: 'high',
  formula: 'a workload that reaches itself over calls, or over depends_on',
  why:
    'each waits for the other: their workers fill each other up under load, and after an outage of ' +
    'both none can start',
  sources: [
    'https://sre.google/sre-book/addressing-cascading-failures/',
    'https://docs.docker.com/compose/how-tos/startup-order/',
  ],
  remedy:
    'Cut the cycle at the call that can be a message or a copy of the data; let programs start ' +
    'without the others, and try again.',
  needs: ['the calls between workloads', 'the start order of compose'],
  *decide(landscape) {
    const waits = landscape.workloads.flatMap(({ name, dependsOn }) =>
      dependsOn.map(({ on, at }): Arrow => ({ from: name, to: on, at })),
    );
    yield* cyclesOf(waits, 'they wait for each other to start');
    yield* cyclesOf(callsOf(landscape), 'they call each other');
  },
};

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly at: FileOrigin | undefined;
}

/** What merely names another may be called by it: an address to call back, an allowed origin. */
const calling: ReadonlySet<string> = new Set(['model', 'trace', 'source']);

function callsOf({ edges }: Landscape): readonly Arrow[] {
  return edges
    .filter(({ found }) => calling.has(found.value))
    .map((edge) => ({ from: edge.from, to: edge.to, at: edgePlace(edge) }));
}

function* cyclesOf(arrows: readonly Arrow[], what: string): Generator<Suspicion> {
  const next = new Map<string, string[]>();
  for (const { from, to } of arrows) next.set(from, [...(next.get(from) ?? []), to]);
  const told = new Set<string>();
  for (const start of next.keys()) {
    const cycle = told.has(start) ? undefined : shortestCycle(next, start);
    if (cycle === undefined) continue;
    for (const name of cycle) told.add(name);
    yield finding(start, {
      what: `${what}: ${[...cycle, start].join(' -> ')}`,
      numbers: [],
      passes: 'one of these less',
      at: arrows.find(({ from }) => from === start)?.at,
    });
  }
}

/** The names on the shortest way from one back to itself. */
function shortestCycle(
  next: ReadonlyMap<string, readonly string[]>,
  start: string,
): readonly string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const name of queue) {
    for (const to of next.get(name) ?? []) {
      if (to === start) return wayTo(name, cameFrom);
      if (cameFrom.has(to)) continue;
      cameFrom.set(to, name);
      queue.push(to);
    }
  }
  return undefined;
}

function wayTo(end: string, cameFrom: ReadonlyMap<string, string>): readonly string[] {
  const way = [end];
  for (let at = cameFrom.get(end); at !== undefined; at = cameFrom.get(at)) way.unshift(at);
  return way;
}
