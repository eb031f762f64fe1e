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

function linear({ lines, beside, limits, unit }: ChartData, drawing: Drawing): Scale {
  const least = unit === 'share' ? 0.01 : 1e-3;
  const highest = Math.max(
    least,
    ...limits.map(({ value }) => value),
    ...[...lines, ...beside].map((line) => highestOf(line, drawing)),
  );
  const top = unit === 'share' ? Math.min(1, highest * ROOM) : highest * ROOM;
  return { share: (value) => value / top, ticks: ticksUpTo(top, 3) };
}

/** Round values from 0 up to this one, in at most so many steps. */
export function ticksUpTo(top: number, steps: number): readonly number[] {
  const step = niceStep(top / steps);
  const count = Math.floor(top / step + 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

function highestOf({ values }: Line, { edgesMs, fromMs, toMs }: Drawing): number {
  const [from, to] = intervalsFrom(edgesMs, fromMs, toMs);
  let highest = 0;
  for (let at = from; at < to; at++) if (values[at]! > highest) highest = values[at]!;
  return highest;
}

/** 1, 2 or 5 times a power of ten, not below `least`. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= least) ?? least;
}

/** Above a limit there is room for its name. */
const ROOM_ABOVE_LIMIT = 1.6;

/** From the shortest time to the longest. */
function logarithmic({ heat, limits }: ChartData): Scale {
  const low = Math.log10(Math.max(1e-6, heat?.lowest ?? 1));
  const line = Math.max(0, ...limits.map(({ value }) => value));
  const high = Math.log10(Math.max(heat?.highest ?? 10, line * ROOM_ABOVE_LIMIT));
  return {
    share: (value) => (Math.log10(value) - low) / (high - low),
    ticks: ticksBetween(low, high),
  };
}

/** Fewer lines than this do not tell how high something stands. */
const TICKS_MIN = 3;

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
