import type { PageRun, ReplicaSeries } from '../seaworthy.ts';
import type { Focus, Span } from '../state/view.ts';
import { beginOf, intervalsIn } from './series.ts';

/** What one replica did in the part that is drawn. */
export interface ReplicaSum {
  /** From 0, as in the record. */
  readonly replica: number;
  readonly arrivedPerSecond: number;
  /** Of what arrived; NaN where nothing did. */
  readonly failed: number;
  /** NaN where nothing was answered. */
  readonly meanMs: number;
}

/** The replicas of a service beside each other. */
export interface Replicas {
  readonly service: string;
  /** All that are drawn, and how many more there are. */
  readonly sums: readonly ReplicaSum[];
  readonly left: number;
  readonly series: readonly ReplicaSeries[];
  /** The beginnings of the steps, and the end of the last. */
  readonly edgesMs: readonly number[];
  /** The fastest and the slowest of what is drawn, step by step. */
  readonly fastestMs: number;
  readonly slowestMs: number;
}

/** More rows are not read: what is left out lies between them. */
const ROWS_MAX = 24;

/** The services whose replicas differ; alike they tell nothing. One that is chosen, always. */
export function replicasOf(run: PageRun, focus: Focus, span: Span): readonly Replicas[] {
  const { services } = run.header;
  const callee = focus.kind === 'edge' ? focus.name.split(' -> ')[1] : undefined;
  return services
    .flatMap((service, index) => {
      const series = run.replicas.services[index] ?? [];
      const isChosen = focus.kind !== 'all' && (callee ?? focus.name) === service;
      if (series.length < 2 || (focus.kind !== 'all' && !isChosen)) return [];
      const some = replicasIn(run, service, series, span);
      const apart = apartBy(some.sums);
      return isChosen || apart > APART ? [{ some, apart }] : [];
    })
    .toSorted((left, right) => right.apart - left.apart)
    .map(({ some }) => some)
    .slice(0, SERVICES_MAX);
}

/** Services that are drawn, the most different ones. */
const SERVICES_MAX = 3;

/** From here on, replicas differ by more than the mean of some hundred answers does by chance. */
const APART = 1.5;

/** Fewer requests than this tell nothing about a replica. */
const REQUESTS_MIN = 100;

function replicasIn(
  run: PageRun,
  service: string,
  series: readonly ReplicaSeries[],
  span: Span,
): Replicas {
  const { step } = run.replicas;
  const [from, to] = intervalsIn(run, span).map((at) => at / step);
  const [begin, end] = [Math.floor(from!), Math.ceil(to!)];
  const edgesMs = edgesOf(run, step);
  const seconds = Math.max(1e-3, ((edgesMs[end] ?? 0) - (edgesMs[begin] ?? 0)) / 1000);
  const all = series.map((one, replica) => sumOf(one, replica, { begin, end, seconds }));
  const sums = outermost(all);
  const means = series.flatMap(({ meanMs }) => meanMs.slice(begin, end).filter((ms) => ms > 0));
  return {
    service,
    sums,
    left: all.length - sums.length,
    series,
    edgesMs,
    fastestMs: means.reduce((least, ms) => Math.min(least, ms), Infinity),
    slowestMs: means.reduce((most, ms) => Math.max(most, ms), 0),
  };
}

function edgesOf(run: PageRun, step: number): readonly number[] {
  const begins = run.toMs.flatMap((_, at) => (at % step === 0 ? [beginOf(run, at)] : []));
  return [...begins, run.toMs.at(-1) ?? 0];
}

function sumOf(
  { arrived, failed, meanMs }: ReplicaSeries,
  replica: number,
  part: { readonly begin: number; readonly end: number; readonly seconds: number },
): ReplicaSum {
  let [came, bad, weight, sumMs] = [0, 0, 0, 0];
  for (let at = part.begin; at < part.end; at++) {
    const here = arrived[at] ?? 0;
    came += here;
    bad += failed[at] ?? 0;
    if ((meanMs[at] ?? 0) === 0) continue;
    weight += here;
    sumMs += here * meanMs[at]!;
  }
  return {
    replica,
    arrivedPerSecond: came / part.seconds,
    failed: came > 0 ? bad / came : Number.NaN,
    meanMs: weight > 0 && came >= REQUESTS_MIN ? sumMs / weight : Number.NaN,
  };
}

/** The slowest and the fastest, in the order of their numbers. */
function outermost(sums: readonly ReplicaSum[]): readonly ReplicaSum[] {
  if (sums.length <= ROWS_MAX) return sums;
  const bySpeed = sums.toSorted((left, right) => (right.meanMs || 0) - (left.meanMs || 0));
  const half = ROWS_MAX / 2;
  return [...bySpeed.slice(0, half), ...bySpeed.slice(-half)].toSorted(
    (left, right) => left.replica - right.replica,
  );
}

function ratio(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length < 2 ? 1 : Math.max(...known) / Math.max(1e-9, Math.min(...known));
}

/** How many times as much the most of them do, or take, as the least. */
function apartBy(sums: readonly ReplicaSum[]): number {
  const failures = sums.map(({ failed }) => failed).filter((share) => !Number.isNaN(share));
  // Ten points more failures are as much as half as much time again.
  const worse = Math.max(0, ...failures) - Math.min(1, ...failures);
  const isTelling = sums.some(({ meanMs }) => !Number.isNaN(meanMs));
  return Math.max(
    ratio(sums.map(({ meanMs }) => meanMs)),
    isTelling ? ratio(sums.map(({ arrivedPerSecond }) => arrivedPerSecond)) : 1,
    isTelling ? 1 + worse * 5 : 1,
  );
}
