import { clockText, ticksOf } from '../data/words.ts';
import type { ChartData, Marks } from './chart-data.ts';
import { drawHeat } from './heat.ts';
import { drawLines } from './lines.ts';
import { type Scale, scaleOf } from './scale.ts';
import type { Palette } from './tones.ts';
import { valueText } from './units.ts';

/** Room for the labels of the axes, in pixels. */
export const LEFT = 62;
export const RIGHT = 2;
export const TOP = 10;
export const BOTTOM = 24;

/** From one moment of the axis to the next, in pixels. */
const TICK_ROOM = 56;

const FONT = '11px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';

/** What is drawn, where. */
export interface Drawing {
  readonly data: ChartData;
  readonly marks: Marks;
  readonly palette: Palette;
  readonly fromMs: number;
  readonly toMs: number;
  /** Of all of the run: what the labels of the axis go by. */
  readonly lengthMs: number;
  /** The beginnings of the intervals, and the end of the last. */
  readonly edgesMs: readonly number[];
}

/** The part of a canvas that the values are in, and where in it they are. */
export interface Plane {
  readonly context: CanvasRenderingContext2D;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: (ms: number) => number;
  readonly y: (value: number) => number;
}

/**
 * Draws a chart. A canvas of our own instead of a library: steps, bands and heat on one axis are
 * all that there is, in a tenth of the bytes, of which the page has 60 kB.
 */
export function draw(canvas: HTMLCanvasElement, drawing: Drawing): void {
  const context = blank(canvas);
  if (context === null) return;
  const { clientWidth: width, clientHeight: height } = canvas;
  const { data, fromMs, toMs } = drawing;
  const [left, right, top, bottom] = [LEFT, width - RIGHT, TOP, height - BOTTOM];
  const scale = scaleOf(data, drawing);
  const plane: Plane = {
    context,
    left,
    right,
    top,
    bottom,
    x: (ms) => left + ((ms - fromMs) / (toMs - fromMs)) * (right - left),
    y: (value) => bottom - scale.share(value) * (bottom - top),
  };
  drawAxes(plane, drawing, scale);
  context.save();
  context.beginPath();
  context.rect(left, top - 2, right - left, bottom - top + 4);
  context.clip();
  drawFaults(plane, drawing);
  if (data.heat !== undefined) drawHeat(plane, data.heat, drawing);
  drawLines(plane, data.beside, drawing, true);
  drawLines(plane, data.lines, drawing, false);
  drawMoments(plane, drawing);
  context.restore();
  drawLimits(plane, drawing);
}

/** A canvas with nothing on it, as large as it is shown, and as sharp as the screen. */
export function blank(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  const context = canvas.getContext('2d');
  const density = Math.max(1, devicePixelRatio);
  canvas.width = Math.round(canvas.clientWidth * density);
  canvas.height = Math.round(canvas.clientHeight * density);
  context?.scale(density, density);
  if (context !== null) context.font = FONT;
  return context;
}

function drawAxes(plane: Plane, { data, palette, ...part }: Drawing, scale: Scale): void {
  const { context, left, right, bottom, y } = plane;
  context.fillStyle = palette.axis;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const value of scale.ticks) {
    const level = Math.round(y(value)) + 0.5;
    context.fillText(value === 0 ? '0' : valueText(data.unit, value), left - 8, level);
    line(context, palette.grid, [left, level, right, level]);
  }
  drawMomentsBelow(plane, part);
  line(context, palette.axis, [left, Math.round(bottom) + 0.5, right, Math.round(bottom) + 0.5]);
}

/** The moments below a drawing over time. */
export function drawMomentsBelow(
  { context, left, right, bottom, x }: Omit<Plane, 'y'>,
  part: { readonly fromMs: number; readonly toMs: number; readonly lengthMs: number },
): void {
  context.textBaseline = 'alphabetic';
  for (const ms of ticksOf(part.fromMs, part.toMs, (right - left) / TICK_ROOM)) {
    const at = x(ms);
    context.textAlign = at < left + 16 ? 'left' : at > right - 20 ? 'right' : 'center';
    context.fillText(clockText(ms, part.lengthMs), at, bottom + 17);
  }
}

function line(
  context: CanvasRenderingContext2D,
  colour: string,
  [x1, y1, x2, y2]: readonly [number, number, number, number],
): void {
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}

function drawFaults({ context, top, bottom, x }: Plane, { marks, palette }: Drawing): void {
  context.globalAlpha = 0.12;
  for (const { kind, fromMs, toMs } of marks.faults) {
    context.fillStyle = kind === 'fault' ? palette.tones.unsure : palette.tones.violet;
    context.fillRect(x(fromMs), top, Math.max(1, x(toMs) - x(fromMs)), bottom - top);
  }
  context.globalAlpha = 1;
}

/** The steps of the story that is told. */
function drawMoments({ context, top, bottom, x }: Plane, { marks, palette }: Drawing): void {
  context.globalAlpha = 0.4;
  for (const ms of marks.moments) line(context, palette.tones.ink, [x(ms), top, x(ms), bottom]);
  context.globalAlpha = 1;
}

/** How high the name of a limit is, in pixels. */
const LABEL = 13;

function drawLimits(plane: Plane, { data, palette }: Drawing): void {
  const { context, left, right, top, bottom, y } = plane;
  context.textAlign = 'right';
  context.lineJoin = 'round';
  const taken: number[] = [];
  for (const { label, value } of data.limits.toSorted((one, two) => two.value - one.value)) {
    const level = Math.round(y(value)) + 0.5;
    if (level < top - 1 || level > bottom) continue;
    context.setLineDash([6, 4]);
    line(context, palette.tones.bad, [left, level, right, level]);
    context.setLineDash([]);
    context.strokeStyle = palette.page;
    context.lineWidth = 4;
    // Below the line where there is no room above it.
    const isFree = taken.every((other) => Math.abs(other - (level - 5)) >= LABEL);
    const at = level - top > LABEL && isFree ? level - 5 : level + 14;
    taken.push(at);
    context.strokeText(label, right - 4, at);
    context.fillStyle = palette.tones.bad;
    context.fillText(label, right - 4, at);
  }
}
