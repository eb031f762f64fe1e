import type { Link } from './layers.ts';

/** Sweeps over the layers; more hardly find anything better (Gansner et al. 1993 use 24). */
const SWEEPS = 24;

/**
 * The nodes of each layer in an order with few crossings: again and again each layer is sorted by
 * where its neighbours stand (the barycentre method of Sugiyama et al. 1981), and the best order
 * that came up is kept. All links go from one layer to the next.
 */
export function ordered(
  layers: readonly (readonly number[])[],
  links: readonly Link[],
): readonly (readonly number[])[] {
  const before = neighbours(links, ({ from, to }) => [to, from]);
  const after = neighbours(links, ({ from, to }) => [from, to]);
  let current = layers.map((layer) => [...layer]);
  let best = current;
  let fewest = crossings(current, after);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
    const down = sweep % 2 === 0;
    current = swept(current, down ? before : after, down);
    const count = crossings(current, after);
    if (count < fewest) [best, fewest] = [current, count];
  }
  return best;
}

type Neighbours = ReadonlyMap<number, readonly number[]>;

function neighbours(
  links: readonly Link[],
  read: (link: Link) => readonly [node: number, neighbour: number],
): Neighbours {
  const map = new Map<number, number[]>();
  for (const link of links) {
    const [node, neighbour] = read(link);
    map.set(node, [...(map.get(node) ?? []), neighbour]);
  }
  return map;
}

function swept(layers: readonly number[][], towards: Neighbours, down: boolean): number[][] {
  const result = layers.map((layer) => [...layer]);
  const order = layers.map((_, index) => (down ? index : layers.length - 1 - index)).slice(1);
  for (const index of order) {
    const places = placesOf(result[down ? index - 1 : index + 1]!);
    const layer = result[index]!;
    const own = placesOf(layer);
    const wish = (node: number): number => {
      const near = (towards.get(node) ?? []).map((each) => places.get(each) ?? 0);
      if (near.length === 0) return own.get(node)!;
      return near.reduce((sum, place) => sum + place, 0) / near.length;
    };
    result[index] = layer.toSorted((a, b) => wish(a) - wish(b) || own.get(a)! - own.get(b)!);
  }
  return result;
}

function placesOf(layer: readonly number[]): ReadonlyMap<number, number> {
  return new Map(layer.map((node, place) => [node, place]));
}

function crossings(layers: readonly (readonly number[])[], after: Neighbours): number {
  let count = 0;
  for (let index = 0; index + 1 < layers.length; index++) {
    const places = placesOf(layers[index + 1]!);
    const ends = layers[index]!.map((node) =>
      (after.get(node) ?? []).map((each) => places.get(each) ?? 0),
    );
    for (let upper = 0; upper < ends.length; upper++) {
      for (let lower = upper + 1; lower < ends.length; lower++) {
        for (const a of ends[upper]!) for (const b of ends[lower]!) if (a > b) count++;
      }
    }
  }
  return count;
}
