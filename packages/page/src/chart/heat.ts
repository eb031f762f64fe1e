import { intervalsFrom } from '../data/series.ts';
import { timeOf } from '../seaworthy.ts';
import type { Drawing, Plane } from './canvas.ts';
import type { Heat } from './chart-data.ts';

/** Buckets that are drawn as one: each row is 12 % of its time wide. */
export const ROW = 2;

/** Even a single call is seen. */
const FAINTEST = 0.1;
const DARKEST = 0.75;

/** The darker, the more calls took that long, by the logarithm of how many. */
export function drawHeat(plane: Plane, heat: Heat, drawing: Drawing): void {
  const { context, x, y } = plane;
  const { edgesMs, fromMs, toMs, palette } = drawing;
  context.fillStyle = palette.tones.accent;
  const most = Math.log1p(heat.most);
  const [from, to] = intervalsFrom(edgesMs, fromMs, toMs);
  for (let at = from; at < to; at++) {
    const left = Math.floor(x(edgesMs[at]!));
    const width = Math.max(1, Math.floor(x(edgesMs[at + 1]!)) - left);
    for (const [row, count] of heat.columns[at]?.entries() ?? []) {
      if (count === 0) continue;
      const top = Math.round(y(timeOf((row + 1) * ROW)));
      const bottom = Math.round(y(Math.max(heat.lowest, timeOf(row * ROW))));
      context.globalAlpha = FAINTEST + (DARKEST - FAINTEST) * (Math.log1p(count) / most);
      context.fillRect(left, top, width, Math.max(1, bottom - top));
    }
  }
  context.globalAlpha = 1;
}
