import type { ChartData, Line, Unit } from '../chart/chart-data.ts';
import type { TableRow } from '../chart/table.tsx';
import { valueText } from '../chart/units.ts';
import type { PageRun } from '../seaworthy.ts';
import { lengthMs, type Span } from '../state/view.ts';
import { text } from '../text/english.ts';
import { beginOf, intervalsIn } from './series.ts';
import { clockText } from './words.ts';

/** What a chart shows, for those who do not see it. */
export function sentenceOf(run: PageRun, data: ChartData, span: Span): string {
  const lines = data.lines.map((line) => lineSentence(run, line, data.unit, span));
  const limits = data.limits.map(({ label }) => text.charts.objective(label));
  return [data.title, ...lines, ...limits].join('. ');
}

function lineSentence(run: PageRun, line: Line, unit: Unit, span: Span): string {
  const [from, to] = intervalsIn(run, span);
  let first = -1;
  let last = -1;
  let highest = -1;
  for (let at = from; at < to; at++) {
    const value = line.values[at]!;
    if (Number.isNaN(value)) continue;
    if (first < 0) first = at;
    if (highest < 0 || value > line.values[highest]!) highest = at;
    last = at;
  }
  if (first < 0) return text.charts.nothing(line.label);
  const at = (index: number): string => valueText(unit, line.values[index]!);
  const moment = clockText(beginOf(run, highest), lengthMs.value);
  return text.charts.line(line.label, at(first), at(highest), moment, at(last));
}

/** More rows than this are read by nobody. */
const ROWS_MAX = 48;

/** The same as a table: as many intervals as can be read, evenly over the drawn part. */
export function rowsOf(run: PageRun, data: ChartData, span: Span): readonly TableRow[] {
  const [from, to] = intervalsIn(run, span);
  const step = Math.max(1, Math.ceil((to - from) / ROWS_MAX));
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, row) => {
    const at = from + row * step;
    return {
      name: clockText(beginOf(run, at), lengthMs.value),
      cells: data.lines.map(({ values }) => valueText(data.unit, values[at] ?? Number.NaN)),
    };
  });
}
