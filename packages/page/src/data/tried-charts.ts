import type { ChartData, Line, Unit } from '../chart/chart-data.ts';
import { unitOf } from '../seaworthy.ts';
import type { Change, MeasureUnit, ObjectiveLine, PageRun } from '../seaworthy.ts';
import { text } from '../text/english.ts';
import { limitOf } from './scene.ts';
import { beginOf } from './series.ts';

/** Beside a change there is room for two; the others are in the table. */
const CHARTS_MAX = 2;

type Tried = NonNullable<Change['tried']>;

/**
 * What a change did to the objectives: before and after over the run, those that failed first. Not
 * of those for which single steps of the run have too few answers: the table has their values.
 */
export function triedCharts(run: PageRun, { objectives }: Tried, id: string): readonly ChartData[] {
  return objectives
    .toSorted((left, right) => failed(right.before) - failed(left.before))
    .flatMap((objective): readonly ChartData[] => {
      const { course, text: title } = objective;
      const line = lineAbout(run, title);
      if (course === undefined || line === undefined) return [];
      if (![...course.before, ...course.after].some(Number.isFinite)) return [];
      const lineOf = (label: string, values: readonly number[], tone: Line['tone']): Line => {
        return { label, values: ontoRun(run, course.toMs, values), tone, form: 'line' };
      };
      return [
        {
          id: `${id}-${line.objective}`,
          title,
          unit: units[unitOf(line.measure)],
          lines: [
            lineOf(text.findings.without, course.before, 'bad'),
            lineOf(text.findings.with, course.after, 'good'),
          ],
          beside: [],
          limits: [limitOf(run, line)],
        },
      ];
    })
    .slice(0, CHARTS_MAX);
}

function failed({ outcome }: Tried['objectives'][number]['before']): number {
  return Number(outcome === 'fail');
}

function lineAbout(run: PageRun, statement: string): ObjectiveLine | undefined {
  return run.lines.find(({ objective }) => run.verdict?.objectives[objective]?.text === statement);
}

/** Values of parts of a run, on its intervals. */
function ontoRun(
  run: PageRun,
  toMs: readonly number[],
  values: readonly number[],
): readonly number[] {
  let part = 0;
  return run.toMs.map((endMs, at) => {
    const middle = (beginOf(run, at) + endMs) / 2;
    while (part < toMs.length && toMs[part]! <= middle) part++;
    return values[part] ?? Number.NaN;
  });
}

const units: Readonly<Record<MeasureUnit, Unit>> = {
  duration: 'ms',
  rate: 'perSecond',
  share: 'share',
  number: 'number',
};
