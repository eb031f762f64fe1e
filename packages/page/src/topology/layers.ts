/** An edge between two nodes, by their numbers. */
export interface Link {
  readonly from: number;
  readonly to: number;
}

/**
 * The layer of each node, from the left: one more than the last of those that call it. Calls in a
 * circle are cut where a walk from the front comes back to where it has been.
 */
export function layersOf(count: number, links: readonly Link[]): readonly number[] {
  const ahead = withoutCircles(count, links);
  const layers = Array.from({ length: count }, () => 0);
  // Longest paths: no more rounds than there are nodes.
  for (let round = 0, moved = true; moved && round < count; round++) {
    moved = false;
    for (const { from, to } of ahead) {
      if (layers[to]! > layers[from]!) continue;
      layers[to] = layers[from]! + 1;
      moved = true;
    }
  }
  return layers;
}

function withoutCircles(count: number, links: readonly Link[]): readonly Link[] {
  const outgoing = Array.from({ length: count }, (): Link[] => []);
  const called = new Set<number>();
  for (const link of links) {
    if (link.from === link.to) continue;
    outgoing[link.from]?.push(link);
    called.add(link.to);
  }
  const ahead: Link[] = [];
  const state = new Map<number, 'open' | 'done'>();
  const visit = (node: number): void => {
    state.set(node, 'open');
    for (const link of outgoing[node] ?? []) {
      if (state.get(link.to) === 'open') continue;
      ahead.push(link);
      if (!state.has(link.to)) visit(link.to);
    }
    state.set(node, 'done');
  };
  const nodes = Array.from({ length: count }, (_, node) => node);
  for (const node of nodes) if (!called.has(node)) visit(node);
  // What is left is only called in circles.
  for (const node of nodes) if (!state.has(node)) visit(node);
  return ahead;
}
