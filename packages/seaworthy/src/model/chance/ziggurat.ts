import { exp, log, type RandomStream } from '@seaworthy/policy/engine';

/*
 * Exponential and normal variates by the ziggurat method: G. Marsaglia, W. W. Tsang, "The Ziggurat
 * Method for Generating Random Variables", Journal of Statistical Software 5(8), 2000. One table
 * look-up and one comparison for about 99 of 100 draws; the logarithm, which costs several times as
 * much, only in the tail.
 *
 * The tables are computed with the elementary functions of the policy core, which give the same
 * bits on every engine.
 */

/**
 * Layers of the exponential; the rightmost edge and the area of each layer are the paper's solution
 * for 256.
 */
const EXPONENTIAL_LAYERS = 256;
const EXPONENTIAL_EDGE = 7.697117470131487;
const EXPONENTIAL_AREA = 3.949659822581572e-3;

/** Layers of the half normal; edge and area are the paper's solution for 128. */
const NORMAL_LAYERS = 128;
const NORMAL_EDGE = 3.442619855899;
const NORMAL_AREA = 9.91256303526217e-3;

interface Tables {
  /** A draw below this is inside the layer for certain. */
  readonly inside: Float64Array;
  /** From a draw to a variate. */
  readonly scale: Float64Array;
  /** The density at the right edge of each layer. */
  readonly density: Float64Array;
}

function tables(
  layers: number,
  edge: number,
  area: number,
  range: number,
  density: (x: number) => number,
  inverse: (y: number) => number,
): Tables {
  const inside = new Float64Array(layers);
  const scale = new Float64Array(layers);
  const heights = new Float64Array(layers);
  const base = area / density(edge);
  inside[0] = (edge / base) * range;
  inside[1] = 0;
  scale[0] = base / range;
  scale[layers - 1] = edge / range;
  heights[0] = 1;
  heights[layers - 1] = density(edge);
  let right = edge;
  for (let layer = layers - 2; layer >= 1; layer--) {
    const left = inverse(area / right + density(right));
    inside[layer + 1] = (left / right) * range;
    heights[layer] = density(left);
    scale[layer] = left / range;
    right = left;
  }
  return { inside, scale, density: heights };
}

const exponentialTables = tables(
  EXPONENTIAL_LAYERS,
  EXPONENTIAL_EDGE,
  EXPONENTIAL_AREA,
  2 ** 32,
  (x) => exp(-x),
  (y) => -log(y),
);

const normalTables = tables(
  NORMAL_LAYERS,
  NORMAL_EDGE,
  NORMAL_AREA,
  2 ** 31,
  (x) => exp(-0.5 * x * x),
  (y) => Math.sqrt(-2 * log(y)),
);

/** An exponential variate with mean 1. */
export function exponential(random: RandomStream): number {
  const { inside, scale, density } = exponentialTables;
  for (;;) {
    const draw = random.nextUint32();
    const layer = draw & (EXPONENTIAL_LAYERS - 1);
    const x = draw * scale[layer]!;
    if (draw < inside[layer]!) return x;
    if (layer === 0) return EXPONENTIAL_EDGE - log(1 - random.next());
    const height = density[layer]! + random.next() * (density[layer - 1]! - density[layer]!);
    if (height < exp(-x)) return x;
  }
}

/** A normal variate with mean 0 and deviation 1. */
export function normal(random: RandomStream): number {
  const { inside, scale, density } = normalTables;
  for (;;) {
    const draw = random.nextUint32() | 0;
    const layer = draw & (NORMAL_LAYERS - 1);
    const x = draw * scale[layer]!;
    if (Math.abs(draw) < inside[layer]!) return x;
    if (layer === 0) return draw < 0 ? -normalTail(random) : normalTail(random);
    const height = density[layer]! + random.next() * (density[layer - 1]! - density[layer]!);
    if (height < exp(-0.5 * x * x)) return x;
  }
}

/** Beyond the edge, by Marsaglia's tail method of 1964, as the ziggurat paper uses it. */
function normalTail(random: RandomStream): number {
  for (;;) {
    const x = -log(1 - random.next()) / NORMAL_EDGE;
    const y = -log(1 - random.next());
    if (y + y > x * x) return NORMAL_EDGE + x;
  }
}
