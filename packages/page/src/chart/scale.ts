import { intervalsFrom } from '../data/series.ts';
import type { ChartData, Line } from './chart-data.ts';
import type { Drawing } from './canvas.ts';

/** The vertical axis of a chart. */
export interface Scale {
  /** How far up a value stands: 0 at the bottom, 1 at the top. */
  readonly share: (value: number) => number;
  readonly ticks: readonly number[];
}

export function scaleOf(data: ChartData, drawing: Drawing): Scale {
  return data.heat === undefined ? linear(data, drawing) : logarithmic(data);
}

/** Above the highest value, so that it does not touch the frame. */
const ROOM = 1.1;

/** Above a limit there is room for its name as well. */
const ROOM_ABOVE_LIMIT = 1.08;

function linear({ lines, beside, limits, unit }: ChartData, drawing: Drawing): Scale {
  const least = unit === 'share' ? 0.01 : 1e-3;
  const highest = Math.max(
    least,
    ...limits.map(({ value }) => value * ROOM_ABOVE_LIMIT),
    ...[...lines, ...beside].map((line) => highestOf(line, drawing)),
  );
  const top = unit === 'share' ? Math.min(1, highest * ROOM) : highest * ROOM;
  return { share: (value) => value / top, ticks: ticksUpTo(top) };
}

/** Round values from 0 up to this one: two to five above it. */
export function ticksUpTo(top: number): readonly number[] {
  const step = niceStep(top / LINES_MIN);
  const count = Math.floor(top / step + 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

function highestOf({ values }: Line, { edgesMs, fromMs, toMs }: Drawing): number {
  const [from, to] = intervalsFrom(edgesMs, fromMs, toMs);
  let highest = 0;
  for (let at = from; at < to; at++) if (values[at]! > highest) highest = values[at]!;
  return highest;
}

/** Fewer lines above zero than this do not tell how high something stands. */
const LINES_MIN = 2;

/** 1, 2 or 5 times a power of ten, not above `most`. */
function niceStep(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most) + 1e-9);
  return [5, 2, 1].map((times) => times * power).find((step) => step <= most * 1.000_001) ?? power;
}

/** The same above a limit, as a share of the whole axis. */
const SHARE_ABOVE_LIMIT = 0.11;

/** From the shortest time to the longest. */
function logarithmic({ heat, limits }: ChartData): Scale {
  const low = Math.log10(Math.max(1e-6, heat?.lowest ?? 1));
  const lines = limits.map(({ value }) => Math.log10(value));
  const top = Math.max(low, ...lines);
  const high = Math.max(
    Math.log10(heat?.highest ?? 10),
    top + ((top - low) * SHARE_ABOVE_LIMIT) / (1 - SHARE_ABOVE_LIMIT),
  );
  return {
    share: (value) => (Math.log10(value) - low) / (high - low),
    ticks: ticksBetween(low, high),
  };
}

const TICKS_MIN = LINES_MIN + 1;

/**
 * The fewest lines that tell: at powers of ten, at three times them as well, or at 1, 2 and 5. Both
 * ends are logarithms of base 10.
 */
export function ticksBetween(low: number, high: number): readonly number[] {
  const ticksOf = (steps: readonly number[]): readonly number[] =>
    Array.from({ length: Math.ceil(high) - Math.floor(low) + 1 }, (_, index) =>
      steps.map((step) => step * 10 ** (Math.floor(low) + index)),
    )
      .flat()
      .filter((value) => Math.log10(value) >= low && Math.log10(value) <= high);
  const enough = [[1], [1, 3]].map(ticksOf).find((ticks) => ticks.length >= TICKS_MIN);
  return enough ?? ticksOf([1, 2, 5]);
}
