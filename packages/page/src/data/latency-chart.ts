import type { ChartData, Heat, Line } from '../chart/chart-data.ts';
import { ROW } from '../chart/heat.ts';
import {
  durationText,
  type PageRun,
  type Series,
  TIME_BUCKETS,
  timeOf,
  Times,
} from '../seaworthy.ts';
import { text } from '../text/english.ts';
import { objectiveLines, onto, type Scene } from './scene.ts';
import { edgesIn } from './focus.ts';
import { percentileOver, stepMs } from './latency.ts';
import { intervalsIn } from './series.ts';

const percentiles = [
  { quantile: 0.5, label: 'p50', tone: 'teal' },
  { quantile: 0.99, label: 'p99', tone: 'ink' },
  { quantile: 0.999, label: 'p99.9', tone: 'violet' },
] as const;

/** How long answers took, from the intended start: all of them, and percentiles over them. */
export function latencyChart(scene: Scene): ChartData | undefined {
  const { run, other, focus, span } = scene;
  const edges = edgesIn(run, focus);
  const parts = edges.map(({ series }) => series);
  const heat = heatOf(run, parts, intervalsIn(run, span));
  if (heat === undefined) return undefined;
  const drawn = linesOf(run, parts, scene);
  const beside =
    other === undefined
      ? []
      : linesOf(
          other,
          edgesIn(other, focus).map(({ series }) => series),
          scene,
        ).lines.map((line) => onto(run, other, line));
  return {
    id: 'latency',
    title: focus.kind === 'all' ? text.charts.latency : `${text.charts.latency}: ${focus.name}`,
    note: drawn.note,
    unit: 'ms',
    lines: drawn.lines,
    beside,
    limits: objectiveLines(scene, 'latency', edges),
    heat,
    wide: true,
  };
}

function linesOf(
  run: PageRun,
  parts: readonly Series[],
  { span }: Scene,
): { readonly lines: readonly Line[]; readonly note: string } {
  const lines: Line[] = [];
  const notes: string[] = [];
  for (const { quantile, label, tone } of percentiles) {
    const { values, widest } = percentileOver(
      run,
      parts,
      'latency',
      quantile,
      intervalsIn(run, span),
    );
    if (widest === 0) notes.push(text.charts.tooFew(label));
    else {
      lines.push({ label, values, tone, form: 'line' });
      if (widest > 1) notes.push(text.charts.steps(label, durationText(stepMs(run, widest))));
    }
  }
  return { lines, note: notes.join(' ') };
}

/** Undefined where nothing was answered at all. */
function heatOf(
  run: PageRun,
  parts: readonly Series[],
  [from, to]: readonly [number, number],
): Heat | undefined {
  const columns: (Float64Array | undefined)[] = run.toMs.map(() => undefined);
  let lowest = TIME_BUCKETS;
  let highest = -1;
  let most = 0;
  for (let at = from; at < to; at++) {
    const times = new Times();
    for (const part of parts) times.add(part.times['latency']?.[at]);
    if (times.count === 0) continue;
    const rows = new Float64Array(Math.ceil(TIME_BUCKETS / ROW));
    for (const [bucket, count] of times.counts.entries()) {
      if (count === 0) continue;
      const row = Math.floor(bucket / ROW);
      rows[row]! += count;
      most = Math.max(most, rows[row]!);
      // What took no time at all has no place on a logarithmic axis.
      if (row > 0) lowest = Math.min(lowest, row);
      highest = Math.max(highest, row);
    }
    columns[at] = rows;
  }
  if (highest < 1) return undefined;
  const span = { lowest: timeOf(lowest * ROW), highest: timeOf((highest + 1) * ROW) };
  return { columns, most, ...span };
}
