import type { ChartData, Line } from '../chart/chart-data.ts';
import type { PageRun, Series } from '../seaworthy.ts';
import { text } from '../text/english.ts';
import { onto, type Scene } from './scene.ts';
import { type Part, servicesAround } from './focus.ts';
import { percentileOver } from './latency.ts';
import { intervalsIn, numbers } from './series.ts';

/** Waiting and work apart, of the service in which most requests wait. */
export function waitChart({ run, other, focus, span }: Scene): ChartData | undefined {
  const service = busiest(run, servicesAround(run, focus));
  if (service === undefined) return undefined;
  const linesOf = (of: PageRun, series: Series): readonly Line[] => {
    const part = intervalsIn(of, span);
    const percentile = (field: string): readonly number[] =>
      percentileOver(of, [series], field, 0.99, part).values;
    const words = text.charts;
    return [
      { label: words.waiting, values: percentile('wait'), tone: 'bad', form: 'line' },
      { label: words.working, values: percentile('serviceTime'), tone: 'accent', form: 'line' },
    ];
  };
  const lines = linesOf(run, service.series);
  if (lines.every(({ values }) => values.every((value) => Number.isNaN(value)))) return undefined;
  const index = other?.header.services.indexOf(service.name) ?? -1;
  const series = other?.services[index];
  return {
    id: 'wait',
    title: text.charts.wait(service.name),
    unit: 'ms',
    lines,
    beside:
      other === undefined || series === undefined
        ? []
        : linesOf(other, series).map((line) => onto(run, other, line)),
    limits: [],
  };
}

function busiest(run: PageRun, services: readonly Part[]): Part | undefined {
  const waiting = ({ series }: Part): number =>
    numbers(run, series, 'queueMean').reduce((sum, value) => sum + value, 0);
  return services.toSorted((left, right) => waiting(right) - waiting(left))[0];
}
