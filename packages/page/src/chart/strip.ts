import type { Replicas } from '../data/replicas.ts';
import { intervalsFrom } from '../data/series.ts';
import { text } from '../text/english.ts';
import { blank, BOTTOM, drawMomentsBelow, LEFT, RIGHT, TOP } from './canvas.ts';
import type { Palette } from './tones.ts';

const ROW = 16;
const GAP = 2;

/** How high the rows of some replicas are together, in pixels. */
export function stripHeight({ sums }: Replicas): number {
  return TOP + sums.length * ROW + BOTTOM;
}

interface Part {
  readonly fromMs: number;
  readonly toMs: number;
  readonly lengthMs: number;
  readonly palette: Palette;
}

const FAINTEST = 0.12;

/** A row a replica: the stronger, the longer it took; of another colour where it failed. */
export function drawStrip(canvas: HTMLCanvasElement, replicas: Replicas, part: Part): void {
  const context = blank(canvas);
  if (context === null) return;
  const { fromMs, toMs, palette } = part;
  const { sums, series, edgesMs } = replicas;
  const [left, right] = [LEFT, canvas.clientWidth - RIGHT];
  const bottom = TOP + sums.length * ROW;
  const x = (ms: number): number => left + ((ms - fromMs) / (toMs - fromMs)) * (right - left);
  const [from, to] = intervalsFrom(edgesMs, fromMs, toMs);
  context.textBaseline = 'middle';
  for (const [row, { replica }] of sums.entries()) {
    const { arrived, failed, meanMs } = series[replica]!;
    const top = TOP + row * ROW;
    context.fillStyle = palette.axis;
    context.textAlign = 'right';
    context.fillText(text.replicas.name(replica + 1), left - 8, top + ROW / 2);
    for (let at = from; at < to; at++) {
      const begin = Math.max(left, Math.floor(x(edgesMs[at]!)));
      const width = Math.min(right, Math.floor(x(edgesMs[at + 1]!))) - begin;
      const share = (failed[at] ?? 0) / (arrived[at] || 1);
      const cells = [
        { tone: palette.tones.accent, alpha: depth(replicas, meanMs[at] ?? 0) },
        { tone: palette.tones.bad, alpha: share > 0 ? Math.min(1, 0.3 + share) : 0 },
      ];
      for (const { tone, alpha } of cells) {
        context.fillStyle = tone;
        context.globalAlpha = alpha;
        context.fillRect(begin, top, Math.max(1, width), ROW - GAP);
      }
      context.globalAlpha = 1;
    }
  }
  context.fillStyle = palette.axis;
  drawMomentsBelow({ context, left, right, top: TOP, bottom, x }, part);
}

/** How strong a time is drawn, by its logarithm between the fastest and the slowest; 0: none. */
function depth({ fastestMs, slowestMs }: Replicas, meanMs: number): number {
  if (meanMs <= 0) return 0;
  const share = Math.log(meanMs / fastestMs) / Math.log(slowestMs / fastestMs || Math.E) || 0;
  return FAINTEST + (1 - FAINTEST) * Math.max(0, Math.min(1, share));
}
