import type { Verdict } from '../../judge/verdict.ts';
import { Histogram } from '../../signals/histogram.ts';
import type { Run, ServiceSample } from '../../signals/run.ts';
import { linesOf } from './objective-lines.ts';
import type { PageRun, Series } from './page-run.ts';
import { timesToText } from './times.ts';

export interface Shown {
  readonly label: string;
  readonly record: string;
  readonly command: string | undefined;
  readonly run: Run;
  readonly verdict: Verdict | undefined;
}

/** A run as the page needs it. */
export function reduceRun({ label, record, command, run, verdict }: Shown): PageRun {
  const { header, intervals, events, eventsDropped } = run;
  const part = <Sample extends object>(names: readonly string[], samples: Samples<Sample>) =>
    names.map((_, index) => seriesOf(intervals.map((interval) => samples(interval)[index]!)));
  return {
    label,
    record,
    command,
    header,
    verdict,
    eventsDropped,
    events,
    toMs: intervals.map(({ toMs }) => toMs),
    edges: part(header.edges, (interval) => interval.edges),
    services: part(header.services, (interval) => interval.services.map(withSpread)),
    queues: part(header.queues, (interval) => interval.queues),
    lines: linesOf(header, verdict),
  };
}

type Samples<Sample> = (interval: Run['intervals'][number]) => readonly Sample[];

/** Of the replicas, how far they are apart: the page has no room for each of a hundred. */
function withSpread(sample: ServiceSample): object {
  const means = sample.replicas
    .filter(({ served }) => served > 0)
    .map(({ serviceTimeMeanMs }) => serviceTimeMeanMs);
  const arrived = sample.replicas.map((replica) => replica.arrived);
  return {
    ...sample,
    slowestMs: Math.max(0, ...means),
    fastestMs: means.length === 0 ? 0 : Math.min(...means),
    mostArrived: Math.max(0, ...arrived),
    leastArrived: arrived.length === 0 ? 0 : Math.min(...arrived),
  };
}

/** Field by field; what is 0 throughout, and what the page does not draw, is left out. */
function seriesOf(samples: readonly object[]): Series {
  const numbers: Record<string, number[]> = {};
  const counts: Record<string, Record<string, number[]>> = {};
  const times: Record<string, string[]> = {};
  for (const [at, sample] of samples.entries()) {
    const column = <Value>(columns: Record<string, Value[]>, field: string, blank: Value) =>
      (columns[field] ??= Array.from({ length: samples.length }, () => blank));
    for (const [field, value] of Object.entries(sample)) {
      if (typeof value === 'number') {
        if (value !== 0) column(numbers, field, 0)[at] = short(value);
      } else if (value instanceof Histogram) {
        if (value.count > 0) column(times, field, '')[at] = timesToText(value);
      } else if (isCounts(value)) {
        for (const [reason, count] of Object.entries(value)) {
          column((counts[field] ??= {}), reason, 0)[at] = count;
        }
      }
    }
  }
  return { numbers, counts, times };
}

function isCounts(value: unknown): value is Readonly<Record<string, number>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A chart of a thousand pixels shows three digits. */
function short(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(4));
}
