import { layersOf, type Link } from './layers.ts';
import { ordered } from './order.ts';

export interface Placed {
  readonly x: number;
  /** The middle. */
  readonly y: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly Placed[];
  /** For each link the path that it takes, from node to node. */
  readonly paths: readonly string[];
  /** For each link where its label stands. */
  readonly labels: readonly Placed[];
}

export const NODE_WIDTH = 136;
export const NODE_HEIGHT = 50;
const GAP = 26;
/** Between layers: room for the labels of the edges. */
const BETWEEN = 112;
/** Room for the number of those that wait before the first. */
const MARGIN = 44;
/** A link that passes a layer takes a place in it, but a small one. */
const PASSING = 14;

/**
 * Nodes in layers from left to right, by who calls whom: the same for all of the run, so that
 * nothing moves but what is measured. dagre does the same in 17 kB; this page has 60.
 */
export function layoutOf(count: number, links: readonly Link[]): Layout {
  const layerOf = [...layersOf(count, links)];
  const chains = links.map((link) => chainOf(link, layerOf));
  const steps = chains.flatMap((chain) =>
    chain.slice(1).map((to, index) => ({ from: chain[index]!, to })),
  );
  const ahead = steps.filter(({ from, to }) => layerOf[to] === 1 + layerOf[from]!);
  const depth = Math.max(0, ...layerOf) + 1;
  const layers = Array.from({ length: depth }, (_, layer) =>
    layerOf.flatMap((of, node) => (of === layer ? [node] : [])),
  );
  const heights = layerOf.map((_, node) => (node < count ? NODE_HEIGHT + GAP : PASSING));
  const ys = placed(ordered(layers, ahead), ahead, heights);
  const top = Math.min(...ys.map((y, node) => y - heights[node]! / 2));
  const nodes = ys.map((y, node) => ({
    x: MARGIN + layerOf[node]! * (NODE_WIDTH + BETWEEN),
    y: y - top + MARGIN / 2,
  }));
  return {
    width: MARGIN * 2 + depth * (NODE_WIDTH + BETWEEN) - BETWEEN,
    height: Math.max(...nodes.map(({ y }, node) => y + heights[node]! / 2)) + MARGIN / 2,
    nodes: nodes.slice(0, count),
    paths: chains.map((chain) => pathOf(chain.map((node) => nodes[node]!))),
    labels: chains.map((chain) => labelOf(chain.map((node) => nodes[node]!))),
  };
}

/** The nodes of a link, with a new one in each layer that it passes. */
function chainOf({ from, to }: Link, layerOf: number[]): readonly number[] {
  const passed: number[] = [];
  for (let layer = layerOf[from]! + 1; layer < layerOf[to]!; layer++) {
    passed.push(layerOf.push(layer) - 1);
  }
  return [from, ...passed, to];
}

/** Rounds of straightening; after these nothing moves by more than a pixel or two. */
const ROUNDS = 16;

/** Each node as near to the middle of its neighbours as the order of its layer allows. */
function placed(
  layers: readonly (readonly number[])[],
  links: readonly Link[],
  heights: readonly number[],
): readonly number[] {
  const ys = heights.map(() => 0);
  const near = heights.map((): number[] => []);
  for (const { from, to } of links) {
    near[from]!.push(to);
    near[to]!.push(from);
  }
  for (const layer of layers) spread(layer, ys, heights);
  for (let round = 0; round < ROUNDS; round++) {
    for (const layer of round % 2 === 0 ? layers : layers.toReversed()) {
      for (const node of layer) {
        const around = near[node]!;
        if (around.length === 0) continue;
        ys[node] = around.reduce((sum, each) => sum + ys[each]!, 0) / around.length;
      }
      spread(layer, ys, heights);
    }
  }
  return ys;
}

/**
 * Moves the nodes of a layer apart, as little as possible: those that touch become one block around
 * the mean of what they wished for.
 */
function spread(layer: readonly number[], ys: number[], heights: readonly number[]): void {
  interface Block {
    readonly nodes: readonly number[];
    readonly height: number;
    readonly middle: number;
  }
  const blocks: Block[] = [];
  for (const node of layer) {
    let block: Block = { nodes: [node], height: heights[node]!, middle: ys[node]! };
    for (let last = blocks.at(-1); last !== undefined; last = blocks.at(-1)) {
      if (last.middle + last.height / 2 <= block.middle - block.height / 2) break;
      blocks.pop();
      const weight = last.nodes.length + block.nodes.length;
      const middle = last.middle * last.nodes.length + block.middle * block.nodes.length;
      block = {
        nodes: [...last.nodes, ...block.nodes],
        height: last.height + block.height,
        middle: middle / weight,
      };
    }
    blocks.push(block);
  }
  for (const { nodes, height, middle } of blocks) {
    let top = middle - height / 2;
    for (const node of nodes) {
      ys[node] = top + heights[node]! / 2;
      top += heights[node]!;
    }
  }
}

function pathOf(points: readonly Placed[]): string {
  const first = points[0]!;
  let from = { x: first.x + NODE_WIDTH, y: first.y };
  let path = `M${from.x} ${rounded(from.y)}`;
  for (const [index, to] of points.slice(1).entries()) {
    const isLast = index === points.length - 2;
    // Back to an earlier layer: around, below both.
    const bend = to.x > from.x ? (to.x - from.x) / 2 : BETWEEN;
    path += `C${from.x + bend} ${rounded(from.y)} ${to.x - bend} ${rounded(to.y)} ${to.x} ${rounded(to.y)}`;
    from = isLast ? to : { x: to.x + NODE_WIDTH, y: to.y };
    if (!isLast) path += `H${from.x}`;
  }
  return path;
}

function labelOf(points: readonly Placed[]): Placed {
  const first = points[0]!;
  const next = points[1] ?? first;
  return { x: (first.x + NODE_WIDTH + next.x) / 2, y: (first.y + next.y) / 2 };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
