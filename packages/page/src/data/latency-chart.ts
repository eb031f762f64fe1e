import type { ChartData, Heat, Line, Tone } from '../chart/chart-data.ts';
import { ROW } from '../chart/heat.ts';
import {
  durationText,
  numberText,
  type ObjectiveLine,
  type PageRun,
  type Series,
  TIME_BUCKETS,
  timeOf,
  Times,
} from '../seaworthy.ts';
import { text } from '../text/english.ts';
import { limitOf, objectivesOf, onto, type Scene } from './scene.ts';
import { edgesIn } from './focus.ts';
import { meanOver, percentileOver, stepMs } from './latency.ts';
import { allOf, intervalsIn, numbers, total } from './series.ts';

interface Statistic {
  readonly label: string;
  /** Undefined: the mean. */
  readonly quantile: number | undefined;
  readonly tone: Tone;
}

const usual: readonly Statistic[] = [
  { quantile: 0.5, label: 'p50', tone: 'teal' },
  { quantile: 0.99, label: 'p99', tone: 'ink' },
  { quantile: 0.999, label: 'p99.9', tone: 'violet' },
];

/** How long answers took, from the intended start: all of them, and percentiles over them. */
export function latencyChart(scene: Scene): ChartData | undefined {
  const { run, other, focus, span } = scene;
  const edges = edgesIn(run, focus);
  const parts = edges.map(({ series }) => series);
  const heat = heatOf(run, parts, intervalsIn(run, span));
  if (heat === undefined) return undefined;
  const objectives = objectivesOf(scene, 'latency', edges);
  const statistics = statisticsFor(objectives);
  const drawn = linesOf(run, parts, scene, statistics);
  const besides = other === undefined ? [] : edgesIn(other, focus).map(({ series }) => series);
  const beside =
    other === undefined
      ? []
      : linesOf(other, besides, scene, statistics).lines.map((line) => onto(run, other, line));
  return {
    id: 'latency',
    title: focus.kind === 'all' ? text.charts.latency : `${text.charts.latency}: ${focus.name}`,
    note: [drawn.note, ...lateFailures(run, parts, objectives)].join(' '),
    unit: 'ms',
    lines: drawn.lines,
    beside,
    limits: objectives.map((line) => limitOf(run, line)),
    heat,
    wide: true,
  };
}

/** The usual ones, and what else the objectives ask for: a limit without its line tells nothing. */
function statisticsFor(objectives: readonly ObjectiveLine[]): readonly Statistic[] {
  const asked = objectives.flatMap(({ measure }): readonly Statistic[] => {
    if (measure.kind !== 'latency' || measure.statistic === 'max') return [];
    if (measure.statistic === 'mean') return [{ quantile: undefined, label: 'mean', tone: 'bad' }];
    const { quantile } = measure;
    return [{ quantile, label: `p${numberText(quantile * 100)}`, tone: 'unsure' }];
  });
  const more = asked.filter(
    ({ quantile }, at) =>
      usual.every((each) => each.quantile !== quantile) &&
      asked.findIndex((each) => each.quantile === quantile) === at,
  );
  return [...usual, ...more].toSorted((one, two) => orderOf(one) - orderOf(two));
}

/** What an objective is judged by is more than what is drawn, where calls failed. */
function lateFailures(
  run: PageRun,
  parts: readonly Series[],
  objectives: readonly ObjectiveLine[],
): readonly string[] {
  const failed = allOf(run, parts, total, 'failed').some((count) => count > 0);
  return failed && objectives.length > 0 ? [text.charts.lateFailures] : [];
}

/** The mean stands before all percentiles. */
function orderOf({ quantile = 0 }: Statistic): number {
  return quantile;
}

function linesOf(
  run: PageRun,
  parts: readonly Series[],
  { span }: Scene,
  statistics: readonly Statistic[],
): { readonly lines: readonly Line[]; readonly note: string } {
  const lines: Line[] = [];
  const tooFew: string[] = [];
  const notes: string[] = [];
  const drawn = intervalsIn(run, span);
  for (const { quantile, label, tone } of statistics) {
    const { values, widest } =
      quantile === undefined
        ? { values: meanOver(run, parts, 'latency', drawn), widest: 1 }
        : percentileOver(run, parts, 'latency', quantile, drawn);
    if (widest === 0) tooFew.push(label);
    else {
      lines.push({ label, values, tone, form: 'line' });
      if (widest > 1) notes.push(text.charts.steps(label, durationText(stepMs(run, widest))));
    }
  }
  if (tooFew.length > 0) notes.push(text.charts.tooFew(tooFew));
  if (isSilent(run, parts, drawn)) notes.push(text.charts.unanswered);
  return { lines, note: notes.join(' ') };
}

/** Calls were made in an interval, and none of them was answered. */
function isSilent(
  run: PageRun,
  parts: readonly Series[],
  [from, to]: readonly [number, number],
): boolean {
  const offered = allOf(run, parts, numbers, 'offered');
  return run.toMs.some((_, at) => {
    const isDrawn = at >= from && at < to && offered[at]! > 0;
    return isDrawn && parts.every(({ times }) => (times['latency']?.[at] ?? '') === '');
  });
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
