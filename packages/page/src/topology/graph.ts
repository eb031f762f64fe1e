import { type Edge, edgesOf } from '../data/focus.ts';
import type { PageRun, Series } from '../seaworthy.ts';
import { type Layout, layoutOf } from './layout.ts';

export interface Node {
  readonly name: string;
  readonly kind: 'source' | 'service' | 'queue';
  readonly series: Series | undefined;
}

export interface Graph {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  readonly layout: Layout;
  /** The most attempts a second over any edge at any time: what the widest line stands for. */
  readonly mostPerSecond: number;
}

/** Who calls whom. Sources and queues are nodes as well: both make calls. */
export function graphOf(run: PageRun): Graph {
  const { sources, services, queues } = run.header;
  const nodes: readonly Node[] = [
    ...sources.map((name): Node => ({ name, kind: 'source', series: undefined })),
    ...services.map((name, at): Node => ({ name, kind: 'service', series: run.services[at] })),
    ...queues.map((name, at): Node => ({ name, kind: 'queue', series: run.queues[at] })),
  ];
  const numbers = new Map(nodes.map(({ name }, index) => [name, index]));
  const edges = edgesOf(run).filter(({ from, to }) => numbers.has(from) && numbers.has(to));
  const links = edges.map(({ from, to }) => ({ from: numbers.get(from)!, to: numbers.get(to)! }));
  return { nodes, edges, layout: layoutOf(nodes.length, links), mostPerSecond: most(run, edges) };
}

function most(run: PageRun, edges: readonly Edge[]): number {
  let highest = 0;
  for (const { series } of edges) {
    for (const [at, attempts] of (series.numbers['attempts'] ?? []).entries()) {
      const seconds = (run.toMs[at]! - (run.toMs[at - 1] ?? 0)) / 1000;
      highest = Math.max(highest, attempts / seconds);
    }
  }
  return highest;
}
