import type { Edge, Model, Step } from '../model.ts';
import { publishedBy } from '../publishers.ts';
import type { Path } from '../source/located.ts';
import type { Context } from './context.ts';
import type { EdgeTable } from './edges.ts';

/** Loops in loops of calls. Real pages make some hundred. */
const mostCallsOfTask = 100_000;

type Parts = Pick<Model, 'services' | 'queues' | 'sources'>;

/** Calls that would go round in a circle, and calls that multiply beyond measure. */
export function checkCalls(context: Context, table: EdgeTable, parts: Parts): void {
  const { services, queues } = parts;
  const edges = table.edges();
  const calls = services.map(({ steps }) => publishedBy(steps).map((queue) => queues[queue]!.edge));
  for (const [index, edge] of edges.entries()) {
    if (edge.from.kind === 'service') calls[edge.from.index]?.push(index);
  }
  const circle = findCircle(calls, (edge) => edges[edge]!.to);
  if (circle !== undefined) {
    const names = circle.map((edge) => context.serviceNames[edges[edge]!.to]);
    const text = [names.at(-1), ...names].join(' -> ');
    const waits = circle.every((edge) => edges[edge]!.from.kind === 'service');
    const why = waits ? 'each would wait for the other' : 'each message would make another';
    const hint = `${why}, for ever; take one of the calls out`;
    report(context, table.usedAt(circle.at(-1)!), `calls go round in a circle: ${text}`, hint);
    return;
  }
  checkFallbacks(context, table, edges);
  checkFanOut(context, edges, parts);
}

function checkFallbacks(context: Context, table: EdgeTable, edges: readonly Edge[]): void {
  const fallbacks = edges.map((edge) =>
    edge.fallbacks.flatMap((link) => (link.kind === 'call' ? [link.edge] : [])),
  );
  const circle = findCircle(fallbacks, (edge) => edge);
  if (circle === undefined) return;
  const names = circle.map((edge) => edges[edge]!.name);
  const text = `fallbacks go round in a circle: ${[names.at(-1), ...names].join(', then ')}`;
  report(context, ['calls', names.at(-1)!, 'fallback'], text, 'let one of them end in an answer');
}

/**
 * Depth-first; a way back to a node that is still open is a circle: its arcs, the one that closes
 * it last.
 */
function findCircle(
  arcs: readonly (readonly number[])[],
  target: (arc: number) => number,
): readonly number[] | undefined {
  const done = new Set<number>();
  const way: number[] = [];
  const open: number[] = [];
  const visit = (node: number): readonly number[] | undefined => {
    open.push(node);
    for (const arc of arcs[node] ?? []) {
      const to = target(arc);
      if (done.has(to)) continue;
      const start = open.indexOf(to);
      if (start !== -1) return [...way.slice(start), arc];
      way.push(arc);
      const found = visit(to);
      if (found !== undefined) return found;
      way.pop();
    }
    open.pop();
    done.add(node);
    return undefined;
  };
  for (const node of arcs.keys()) {
    const found = done.has(node) ? undefined : visit(node);
    if (found !== undefined) return found;
  }
  return undefined;
}

function checkFanOut(
  context: Context,
  edges: readonly Edge[],
  { services, queues, sources }: Parts,
): void {
  const known = new Map<number, number>();
  const callsOf = (service: number): number => {
    const before = known.get(service);
    if (before !== undefined) return before;
    const calls = stepCalls(services[service]?.steps ?? [], queues, (edge) =>
      callsOf(edges[edge]!.to),
    );
    known.set(service, calls);
    return calls;
  };
  for (const source of sources) {
    const calls = callsOf(edges[source.edge]?.to ?? -1);
    if (calls <= mostCallsOfTask) continue;
    const message = `one task makes up to ${calls.toExponential(0)} calls`;
    const hint = `at most ${mostCallsOfTask}; call less often on the way`;
    report(context, ['traffic', source.name, 'to'], message, hint);
  }
}

function stepCalls(
  steps: readonly Step[],
  queues: Parts['queues'],
  below: (edge: number) => number,
): number {
  let calls = 0;
  for (const step of steps) {
    if (step.kind === 'call') calls += 1 + below(step.edge);
    if (step.kind === 'publish') calls += 1 + below(queues[step.queue]!.edge);
    if (step.kind === 'lock') calls += stepCalls(step.steps, queues, below);
    if (step.kind !== 'together') continue;
    for (const branch of step.branches) calls += stepCalls(branch, queues, below);
  }
  return calls;
}

function report(context: Context, path: Path, message: string, hint: string): void {
  context.problems.atValue(context.root, path, message, hint);
}
