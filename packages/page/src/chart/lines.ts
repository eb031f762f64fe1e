import { intervalsFrom } from '../data/series.ts';
import type { Drawing, Plane } from './canvas.ts';
import type { Line } from './chart-data.ts';

/** Each value holds over its interval: a step, not a slope. Thin: of the run beside. */
export function drawLines(
  plane: Plane,
  lines: readonly Line[],
  drawing: Drawing,
  thin: boolean,
): void {
  const { context } = plane;
  context.lineJoin = 'round';
  for (const line of lines) {
    const colour = drawing.palette.tones[line.tone];
    if (line.form === 'area' && !thin) {
      context.fillStyle = colour;
      context.globalAlpha = 0.18;
      context.fill(pathOf(plane, line, drawing, true));
      context.globalAlpha = 1;
    }
    context.strokeStyle = colour;
    context.lineWidth = thin ? 1.25 : 1.75;
    context.globalAlpha = thin ? 0.8 : 1;
    context.setLineDash(thin ? [3, 3] : []);
    context.stroke(pathOf(plane, line, drawing, false));
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** Broken where nothing was measured; closed down to zero for an area. */
function pathOf({ x, y }: Plane, line: Line, drawing: Drawing, closed: boolean): Path2D {
  const { edgesMs, fromMs, toMs } = drawing;
  const path = new Path2D();
  const [from, to] = intervalsFrom(edgesMs, fromMs, toMs);
  let isDown = false;
  for (let at = from; at < to; at++) {
    const value = line.values[at]!;
    const isHere = value !== undefined && !Number.isNaN(value);
    const begin = x(edgesMs[at]!);
    if (isHere && !isDown) path.moveTo(begin, closed ? y(0) : y(value));
    if (isHere) {
      path.lineTo(begin, y(value));
      path.lineTo(x(edgesMs[at + 1]!), y(value));
    } else if (isDown && closed) {
      path.lineTo(begin, y(0));
    }
    isDown = isHere;
  }
  if (isDown && closed) path.lineTo(x(edgesMs[to]!), y(0));
  return path;
}
