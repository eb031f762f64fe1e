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
  const step = niceStep(top / 3);
  const count = Math.floor(top / step + 1e-9);
  return {
    share: (value) => value / top,
    ticks: Array.from({ length: count + 1 }, (_, index) => index * step),
  };
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

/** From the shortest time to the longest, with a line for each power of ten. */
function logarithmic({ heat, limits }: ChartData): Scale {
  const low = Math.log10(Math.max(1e-6, heat?.lowest ?? 1));
  const line = Math.max(0, ...limits.map(({ value }) => value));
  const high = Math.log10(Math.max(heat?.highest ?? 10, line * 1.3));
  const first = Math.ceil(low);
  return {
    share: (value) => (Math.log10(value) - low) / (high - low),
    ticks: Array.from({ length: Math.max(0, Math.floor(high) - first + 1) }, (_, index) => {
      return 10 ** (first + index);
    }),
  };
}
