import { type Edge, edgesOf } from '../data/focus.ts';
import { perSecond } from '../data/series.ts';
import type { PageRun, Series } from '../seaworthy.ts';
import { type Layout, layoutOf } from './layout.ts';

export interface Node {
  readonly name: string;
  readonly kind: 'source' | 'service' | 'queue';
  readonly series: Series | undefined;
}

/** A service that puts messages into a queue. */
export interface Publishing {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** Of the queue, and which of its publishers this is. */
  readonly series: Series;
  readonly publisher: number;
}

export interface Graph {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  readonly publishings: readonly Publishing[];
  /** Its links are the edges, and after them who publishes. */
  readonly layout: Layout;
  /** The most attempts or messages a second at any time: what the widest line stands for. */
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
  const publishings = publishingsOf(run);
  const links = [...edges, ...publishings].map(({ from, to }) => {
    return { from: numbers.get(from)!, to: numbers.get(to)! };
  });
  const counts = [
    ...edges.map(({ series }) => series.numbers['attempts'] ?? []),
    ...publishings.map(({ series, publisher }) => messagesOf(series, publisher)),
  ];
  const mostPerSecond = Math.max(0, ...counts.flatMap((values) => perSecond(run, values)));
  return { nodes, edges, publishings, layout: layoutOf(nodes.length, links), mostPerSecond };
}

function publishingsOf({ header, queues }: PageRun): readonly Publishing[] {
  return (header.publishersOfQueue ?? []).flatMap((names, queue) => {
    const [to = '', series] = [header.queues[queue], queues[queue]];
    if (series === undefined) return [];
    return names.map((from, publisher) => ({
      name: `${from} -> ${to}`,
      from,
      to,
      series,
      publisher,
    }));
  });
}

/** How many messages one of the publishers of a queue put in, interval by interval. */
export function messagesOf(series: Series, publisher: number): readonly number[] {
  return series.counts['publishedBy']?.[publisher] ?? [];
}
