import uPlot from 'uplot';

import { clockText, ticksOf } from '../data/words.ts';
import { lengthMs, span } from '../state/view.ts';
import type { ChartData, Line, Marks } from './chart-data.ts';
import { drawHeat } from './heat.ts';
import type { Palette } from './tones.ts';
import { valueText } from './units.ts';

const FONT = '11px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';

export interface Drawing {
  readonly data: ChartData;
  readonly marks: Marks;
  readonly palette: Palette;
  readonly width: number;
  readonly height: number;
  readonly onCursor: (ms: number | undefined) => void;
  readonly onPart: (fromMs: number, toMs: number) => void;
}

/** What uPlot is told of a chart. */
export function optionsOf(drawing: Drawing): uPlot.Options {
  const { data, palette, width, height } = drawing;
  return {
    width,
    height,
    padding: [8, 8, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: true, y: false, setScale: false },
      bind: { dblclick: () => () => null },
    },
    scales: {
      x: { time: false, range: () => [span.value.fromMs, span.value.toMs] },
      y: scaleOf(data),
    },
    axes: axesOf(data, palette),
    series: [
      {},
      ...data.beside.map((line) => seriesOf(line, palette, true)),
      ...data.lines.map((line) => seriesOf(line, palette, false)),
    ],
    hooks: {
      drawAxes: [
        (plot) => drawFaults(plot, drawing),
        (plot) => data.heat !== undefined && drawHeat(plot, data.heat, palette),
      ],
      draw: [(plot) => drawLimits(plot, drawing), (plot) => drawMoments(plot, drawing)],
      setCursor: [
        (plot) => {
          // Only what the pointer did: what the page sets comes without an event.
          if (plot.cursor.event === undefined || plot.cursor.event === null) return;
          const left = plot.cursor.left ?? -1;
          drawing.onCursor(left < 0 ? undefined : plot.posToVal(left, 'x'));
        },
      ],
      setSelect: [
        (plot) => {
          const { left, width: selected } = plot.select;
          if (selected <= 2) return;
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          drawing.onPart(plot.posToVal(left, 'x'), plot.posToVal(left + selected, 'x'));
        },
      ],
    },
  };
}

function scaleOf({ heat, limits, unit }: ChartData): uPlot.Scale {
  const line = Math.max(0, ...limits.map(({ value }) => value));
  if (heat === undefined) {
    const least = unit === 'share' ? 0.01 : 1e-3;
    return {
      range: (_plot, _min, max) => {
        const top = Math.max(Number.isFinite(max) ? max : 0, line, least);
        return [0, unit === 'share' ? Math.min(1.02, top * 1.12) : top * 1.12];
      },
    };
  }
  const { lowest, highest } = heat;
  return {
    distr: 3,
    range: () => [lowest, Math.max(highest, line * 1.2)],
  };
}

/** Between grid lines, in pixels. */
const SPACE = 34;

function axesOf({ unit, heat }: ChartData, palette: Palette): uPlot.Axis[] {
  const look = { stroke: palette.axis, font: FONT, ticks: { show: false } };
  const grid = { stroke: palette.grid, width: 1 };
  return [
    {
      ...look,
      size: 24,
      gap: 4,
      grid: { show: false },
      splits: (plot) => [
        ...ticksOf(plot.scales['x']!.min!, plot.scales['x']!.max!, plot.width / 90),
      ],
      values: (_plot, values) => values.map((ms) => clockText(ms, lengthMs.value)),
    },
    {
      ...look,
      size: 62,
      gap: 6,
      grid,
      space: SPACE,
      values: (_plot, values) =>
        values.map((value) =>
          value === null || (heat !== undefined && !isDecade(value)) ? '' : valueText(unit, value),
        ),
    },
  ];
}

/** On a logarithmic axis only 1, 10, 100 ... have a label. */
function isDecade(value: number): boolean {
  const exponent = Math.log10(value);
  return Math.abs(exponent - Math.round(exponent)) < 1e-6;
}

function seriesOf(line: Line, { tones }: Palette, thin: boolean): uPlot.Series {
  const stroke = tones[line.tone];
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  return {
    label: line.label,
    stroke,
    width: thin ? 1 : 1.75,
    alpha: thin ? 0.75 : 1,
    ...(thin && { dash: [4, 3] }),
    ...(line.form === 'dashed' && { dash: [2, 3] }),
    ...(line.form === 'area' && !thin && { fill: `${stroke}2b` }),
    ...(stepped !== undefined && { paths: stepped }),
    points: { show: false },
  };
}

function drawFaults(plot: uPlot, { marks, palette }: Drawing): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.fillStyle = palette.fault;
  ctx.globalAlpha = 0.11;
  for (const { fromMs, toMs } of marks.faults) {
    const left = Math.max(bbox.left, plot.valToPos(fromMs, 'x', true));
    const right = Math.min(bbox.left + bbox.width, plot.valToPos(toMs, 'x', true));
    if (right > left) ctx.fillRect(left, bbox.top, Math.max(1, right - left), bbox.height);
  }
  ctx.restore();
}

function drawLimits(plot: uPlot, { data, palette }: Drawing): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = palette.tones.bad;
  ctx.fillStyle = palette.tones.bad;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.font = `${11 * devicePixelRatio}px system-ui, "DejaVu Sans", sans-serif`;
  ctx.textAlign = 'right';
  for (const { label, value } of data.limits) {
    const y = plot.valToPos(value, 'y', true);
    if (y < bbox.top || y > bbox.top + bbox.height) continue;
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.fillText(label, bbox.left + bbox.width - 4, y - 4 * devicePixelRatio);
  }
  ctx.restore();
}

/** The steps of the story that is told. */
function drawMoments(plot: uPlot, { marks, palette }: Drawing): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = palette.tones.ink;
  ctx.globalAlpha = 0.35;
  ctx.lineWidth = devicePixelRatio;
  for (const ms of marks.moments) {
    const x = plot.valToPos(ms, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}
