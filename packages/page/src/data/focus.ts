import type { PageRun, Series } from '../seaworthy.ts';
import type { Focus } from '../state/view.ts';

export interface Edge {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly series: Series;
}

export function edgesOf(run: PageRun): readonly Edge[] {
  return run.header.edges.map((name, index) => {
    const [from = '', to = ''] = name.split(' -> ');
    return { name, from, to, series: run.edges[index] ?? empty };
  });
}

export interface Part {
  readonly name: string;
  readonly series: Series;
}

function servicesOf(run: PageRun): readonly Part[] {
  return run.header.services.map((name, index) => ({
    name,
    series: run.services[index] ?? empty,
  }));
}

/** The edges over which the traffic comes in: what users see of the system. */
export function frontEdges(run: PageRun): readonly Edge[] {
  const edges = edgesOf(run);
  const front = edges.filter(({ from }) => run.header.sources.includes(from));
  return front.length > 0 ? front : edges;
}

/** The calls that a focus is about, as their callers saw them. */
export function edgesIn(run: PageRun, focus: Focus): readonly Edge[] {
  if (focus.kind === 'all') return frontEdges(run);
  const edges = edgesOf(run);
  const own = edges.filter(({ name, to }) =>
    focus.kind === 'edge' ? name === focus.name : to === focus.name,
  );
  return own.length > 0 ? own : frontEdges(run);
}

/** The edges that are drawn beside each other: all of them, where nothing is chosen. */
export function edgesAround(run: PageRun, focus: Focus): readonly Edge[] {
  const edges = edgesOf(run);
  if (focus.kind === 'all') return edges;
  return edges.filter(({ name, from, to }) =>
    focus.kind === 'edge' ? name === focus.name : from === focus.name || to === focus.name,
  );
}

export function servicesAround(run: PageRun, focus: Focus): readonly Part[] {
  const services = servicesOf(run);
  if (focus.kind === 'all') return services;
  const name = focus.kind === 'edge' ? focus.name.split(' -> ')[1] : focus.name;
  return services.filter((service) => service.name === name);
}

const empty: Series = { numbers: {}, counts: {}, times: {} };
