import type { PageRun } from '../seaworthy.ts';
import type { Span } from '../state/view.ts';
import { edgesOf } from './focus.ts';
import { percentileIn, timesIn } from './latency.ts';
import { intervalsIn, numbers, total } from './series.ts';

/** The calls of one edge in a part of the run. */
export interface EdgeRow {
  readonly name: string;
  readonly offeredPerSecond: number;
  /** Shares of what has ended; NaN where nothing has. */
  readonly effective: number;
  readonly actual: number;
  readonly rejected: number;
  readonly fallback: number;
  readonly attemptsPerTask: number;
  readonly p50: number | undefined;
  readonly p99: number | undefined;
  readonly p999: number | undefined;
  readonly waitP99: number | undefined;
  readonly inFlightMax: number;
  readonly limit: number;
}

export function edgeRows(run: PageRun, span: Span): readonly EdgeRow[] {
  const [from, to] = intervalsIn(run, span);
  const seconds = Math.max(1e-3, ((run.toMs[to - 1] ?? 0) - (run.toMs[from - 1] ?? 0)) / 1000);
  const sum = (values: readonly number[]): number =>
    values.slice(from, to).reduce((all, value) => all + value, 0);
  return edgesOf(run).map(({ name, series }) => {
    const field = (key: string): number => sum(numbers(run, series, key));
    const reasons = (key: string): number => sum(total(run, series, key));
    const [succeeded, fallback, rejected] = [
      field('succeeded'),
      reasons('fallback'),
      reasons('rejected'),
    ];
    const ended = succeeded + fallback + rejected + reasons('failed');
    const attempts = field('attempts');
    const attemptsFailed = reasons('attemptsFailed');
    // As in the verdict: a call that a cache answered succeeded without an attempt.
    const isCached = series.counts['cache'] !== undefined;
    const answered = isCached ? Math.max(0, attempts - attemptsFailed) : succeeded;
    const latency = timesIn([series], 'latency', from, to);
    const most = (key: string): number => Math.max(0, ...numbers(run, series, key).slice(from, to));
    return {
      name,
      offeredPerSecond: field('offered') / seconds,
      effective: succeeded / ended,
      actual: answered / (answered + attemptsFailed),
      rejected: rejected / ended,
      fallback: fallback / ended,
      attemptsPerTask: attempts / field('offered'),
      p50: percentileIn(latency, 0.5),
      p99: percentileIn(latency, 0.99),
      p999: percentileIn(latency, 0.999),
      waitP99: percentileIn(timesIn([series], 'wait', from, to), 0.99),
      inFlightMax: most('inFlightMax'),
      limit: most('limit'),
    };
  });
}
