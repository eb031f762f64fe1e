import type { ChartData } from '../chart/chart-data.ts';
import type { PageRun } from '../seaworthy.ts';
import { text } from '../text/english.ts';
import { edgesAround, servicesAround } from './focus.ts';
import { latencyChart } from './latency-chart.ts';
import { percentileOver } from './latency.ts';
import { above, type Kind, moves, type Named, partChart, type Read } from './part-chart.ts';
import { reasonsChart } from './reasons-chart.ts';
import type { Scene } from './scene.ts';
import { added, numbers, ratio, total } from './series.ts';
import { trafficChart } from './traffic-chart.ts';
import { waitChart } from './wait-chart.ts';

/** The charts that have something to show, causes below their effects. */
export function chartsOf(scene: Scene): readonly ChartData[] {
  const ofEdges = (kind: Kind): ChartData | undefined => partChart(scene, kind, edgesAround);
  const ofServices = (kind: Kind): ChartData | undefined => partChart(scene, kind, servicesAround);
  const charts = [
    trafficChart(scene),
    latencyChart(scene),
    ...[kinds.processed, kinds.age, kinds.backlog].map((kind) => partChart(scene, kind, queuesOf)),
    ofEdges(kinds.attempts),
    reasonsChart(scene),
    ofServices(kinds.utilisation),
    ofServices(kinds.queue),
    waitChart(scene),
    ofEdges(kinds.limitQueue),
    ofEdges(kinds.limitWait),
    ofEdges(kinds.inFlight),
    ofEdges(kinds.budget),
    ofServices(kinds.wasted),
    ofServices(kinds.ready),
    ofServices(kinds.paused),
    ofServices(kinds.spread),
    ofEdges(kinds.cached),
    ofEdges(kinds.recomputing),
    ofEdges(kinds.breaker),
    ofEdges(kinds.fallback),
  ];
  return charts.filter((chart) => chart !== undefined);
}

function field(name: string): Read {
  return (run, series) => numbers(run, series, name);
}

/** The 99th percentile of a distribution of times. */
function p99(name: string): Read {
  return (run, series, drawn) => percentileOver(run, [series], name, 0.99, drawn).values;
}

function share(part: Read, whole: Read): Read {
  return (run, series, drawn) => ratio(part(run, series, drawn), whole(run, series, drawn));
}

/** -1 says that there is none. */
const budget: Read = (run, series) =>
  numbers(run, series, 'budgetLeft').map((left) => (left < 0 ? Number.NaN : left));

const fallback: Read = (run, series) => total(run, series, 'fallback');

/** Those that ended, whichever way. */
const ended: Read = (run, series) =>
  added(run, [
    numbers(run, series, 'succeeded'),
    ...['fallback', 'failed', 'rejected'].map((name) => total(run, series, name)),
  ]);

/** Calls that asked a cache, by what it had for them. */
function cache(...words: readonly string[]): Read {
  return (run, { counts }) =>
    added(
      run,
      words.map((word) => counts['cache']?.[word] ?? []),
    );
}

const fromCache = ['hit', 'stale', 'kept'];
const askedCache = [...fromCache, 'miss', 'joined', 'failed'];

const words = text.charts;
const kinds = {
  attempts: {
    id: 'attempts',
    title: words.attempts,
    unit: 'number',
    read: share(field('attempts'), field('offered')),
    worth: above(1.05),
    measure: 'attempts',
  },
  utilisation: {
    id: 'utilisation',
    title: words.utilisation,
    unit: 'share',
    read: field('utilisation'),
    worth: above(0.02),
    measure: 'utilisation',
  },
  queue: {
    id: 'queue',
    title: words.queue,
    unit: 'number',
    read: field('queueMean'),
    worth: above(0.05),
    measure: 'queue',
  },
  limitQueue: {
    id: 'limit-queue',
    title: words.limitQueue,
    unit: 'number',
    read: field('queueMean'),
    worth: above(0.05),
    measure: 'queue',
  },
  limitWait: {
    id: 'limit-wait',
    title: words.limitWait,
    unit: 'ms',
    read: p99('wait'),
    worth: above(0.5),
    measure: 'wait',
  },
  inFlight: {
    id: 'in-flight',
    title: words.inFlight,
    unit: 'number',
    read: field('inFlightMean'),
    worth: above(0.01),
    measure: 'in-flight',
  },
  budget: { id: 'budget', title: words.budget, unit: 'number', read: budget, worth: above(0) },
  wasted: {
    id: 'wasted',
    title: words.wasted,
    unit: 'share',
    read: share(field('wastedMs'), field('busyMs')),
    worth: above(0.001),
    measure: 'wasted',
  },
  ready: { id: 'ready', title: words.ready, unit: 'number', read: field('ready'), worth: moves },
  paused: {
    id: 'paused',
    title: words.paused,
    unit: 'number',
    read: field('paused'),
    worth: above(0.001),
  },
  spread: {
    id: 'spread',
    title: words.spread,
    unit: 'number',
    read: share(field('slowestMs'), field('fastestMs')),
    worth: above(2),
  },
  cached: {
    id: 'cached',
    title: words.cached,
    unit: 'share',
    read: share(cache(...fromCache), cache(...askedCache)),
    worth: above(0),
  },
  recomputing: {
    id: 'recomputing',
    title: words.recomputing,
    unit: 'number',
    read: field('recomputingMax'),
    worth: above(1),
  },
  breaker: {
    id: 'breaker',
    title: words.breaker,
    unit: 'share',
    read: field('breakerOpenShare'),
    worth: above(0.001),
  },
  fallback: {
    id: 'fallback',
    title: words.fallback,
    unit: 'share',
    read: share(fallback, ended),
    worth: above(0.001),
    measure: 'fallback',
  },
  backlog: {
    id: 'backlog',
    title: words.backlog,
    unit: 'number',
    read: field('backlogMean'),
    worth: above(0),
    measure: 'backlog',
  },
  age: {
    id: 'age',
    title: words.age,
    unit: 'ms',
    read: field('oldestMs'),
    worth: above(0),
    measure: 'age',
  },
  processed: {
    id: 'processed',
    title: words.processed,
    unit: 'ms',
    read: p99('latency'),
    worth: above(0),
    measure: 'latency',
  },
} as const satisfies Readonly<Record<string, Kind>>;

function queuesOf(run: PageRun): readonly Named[] {
  return run.header.queues.flatMap((name, index) => {
    const series = run.queues[index];
    return series === undefined ? [] : [{ name, series }];
  });
}
