import type uPlot from 'uplot';

import { timeOf } from '../seaworthy.ts';
import type { Heat } from './chart-data.ts';
import type { Palette } from './tones.ts';

/** Buckets that are drawn as one: each row is 12 % of its time wide. */
export const ROW = 2;

/** Even a single call is seen. */
const FAINTEST = 0.1;

/** The darker, the more calls took that long, by the logarithm of how many. */
export function drawHeat(plot: uPlot, heat: Heat, { tones }: Palette): void {
  const { ctx, bbox } = plot;
  const xs = plot.data[0];
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.fillStyle = tones.accent;
  const darkest = Math.log1p(heat.most);
  for (const [at, column] of heat.columns.entries()) {
    if (column === undefined) continue;
    const left = Math.floor(plot.valToPos(xs[at]!, 'x', true));
    const right = Math.ceil(plot.valToPos(xs[at + 1]!, 'x', true));
    if (right < bbox.left || left > bbox.left + bbox.width) continue;
    for (const [row, count] of column.entries()) {
      if (count === 0) continue;
      const low = Math.max(heat.lowest, timeOf(row * ROW));
      const top = Math.round(plot.valToPos(timeOf((row + 1) * ROW), 'y', true));
      const bottom = Math.round(plot.valToPos(low, 'y', true));
      ctx.globalAlpha = FAINTEST + (0.75 - FAINTEST) * (Math.log1p(count) / darkest);
      ctx.fillRect(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
    }
  }
  ctx.restore();
}
