import type { CallEdge } from '../../model/import/landscape.ts';

/** Edges by caller and by callee. */
export class EdgeGraph {
  private readonly byCaller = new Map<string, CallEdge[]>();
  private readonly byCallee = new Map<string, CallEdge[]>();

  constructor(edges: readonly CallEdge[]) {
    for (const edge of edges) {
      push(this.byCaller, edge.from, edge);
      push(this.byCallee, edge.to, edge);
    }
  }

  /** What this one calls. */
  from(name: string): readonly CallEdge[] {
    return this.byCaller.get(name) ?? [];
  }

  /** Who calls this one. */
  to(name: string): readonly CallEdge[] {
    return this.byCallee.get(name) ?? [];
  }

  get callees(): Iterable<string> {
    return this.byCallee.keys();
  }

  get callers(): Iterable<string> {
    return this.byCaller.keys();
  }
}

function push(map: Map<string, CallEdge[]>, key: string, edge: CallEdge): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [edge]);
  else list.push(edge);
}

/** The path of the largest product of `weight`s that ends at a callee. */
export interface HeaviestPath {
  readonly product: number;
  /** From the entry to the callee. */
  readonly edges: readonly CallEdge[];
}

/**
 * The heaviest path to each callee. A cycle is gone round once at most: no edge leads back to what
 * is on the way already.
 */
function heaviestPaths(
  graph: EdgeGraph,
  weight: (edge: CallEdge) => number,
): (callee: string) => HeaviestPath {
  const known = new Map<string, HeaviestPath>();
  const onTheWay = new Set<string>();
  const visit = (callee: string): HeaviestPath => {
    const before = known.get(callee);
    if (before !== undefined) return before;
    let best: HeaviestPath = { product: 1, edges: [] };
    onTheWay.add(callee);
    for (const edge of graph.to(callee)) {
      if (onTheWay.has(edge.from)) continue;
      const above = visit(edge.from);
      const product = above.product * weight(edge);
      if (product > best.product) best = { product, edges: [...above.edges, edge] };
    }
    onTheWay.delete(callee);
    known.set(callee, best);
    return best;
  };
  return visit;
}

/**
 * Where paths are heaviest: the last edge makes one heavier, and none of those that go on from
 * there. What is behind the last (three databases of one service, say) has the same weight, and is
 * no finding of its own.
 */
export function heaviestEnds(
  graph: EdgeGraph,
  weight: (edge: CallEdge) => number,
): readonly { readonly callee: string; readonly path: HeaviestPath }[] {
  const heaviest = heaviestPaths(graph, weight);
  const ends = [...graph.callees]
    .map((callee) => ({ callee, path: heaviest(callee) }))
    .filter(({ path: { edges } }) => edges.length > 0 && weight(edges.at(-1)!) > 1);
  return ends.filter(({ path: { edges } }) =>
    ends.every(({ path: other }) => {
      return other.edges.length <= edges.length || other.edges[edges.length - 1] !== edges.at(-1);
    }),
  );
}
