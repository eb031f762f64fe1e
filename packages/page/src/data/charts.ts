import type { ChartData, Line, Tone, Unit } from '../chart/chart-data.ts';
import type { PageRun, Series } from '../seaworthy.ts';
import type { Focus } from '../state/view.ts';
import { text } from '../text/english.ts';
import { edgesAround, edgesIn, servicesAround } from './focus.ts';
import { latencyChart } from './latency-chart.ts';
import { reasonsChart } from './reasons-chart.ts';
import { objectiveLines, onto, type Scene } from './scene.ts';
import { allOf, numbers, perSecond, ratio, total } from './series.ts';
import { waitChart } from './wait-chart.ts';

/** The charts that have something to show, causes below their effects. */
export function chartsOf(scene: Scene): readonly ChartData[] {
  const words = text.charts;
  const charts = [
    trafficChart(scene),
    latencyChart(scene),
    perEdge(scene, 'attempts', words.attempts, 'number', attemptsPerTask, 1.001),
    reasonsChart(scene),
    perService(scene, 'utilisation', words.utilisation, 'share', field('utilisation'), 0.02),
    perService(scene, 'queue', words.queue, 'number', field('queueMean'), 0.05),
    waitChart(scene),
    perEdge(scene, 'in-flight', words.inFlight, 'number', field('inFlightMean'), 0.01),
    perEdge(scene, 'budget', words.budget, 'number', budget, 0),
    perService(scene, 'wasted', words.wasted, 'share', wasted, 0.001),
    perEdge(scene, 'breaker', words.breaker, 'share', field('breakerOpenShare'), 0.001),
    perEdge(scene, 'fallback', words.fallback, 'share', fallback, 0.001),
    queueChart(scene, 'backlog', words.backlog, 'number', 'backlogMean'),
    queueChart(scene, 'age', words.age, 'ms', 'oldestMs'),
  ];
  return charts.filter((chart) => chart !== undefined);
}

type Read = (run: PageRun, series: Series) => readonly number[];

function field(name: string): Read {
  return (run, series) => numbers(run, series, name);
}

const attemptsPerTask: Read = (run, series) =>
  ratio(numbers(run, series, 'attempts'), numbers(run, series, 'offered'));

const wasted: Read = (run, series) =>
  ratio(numbers(run, series, 'wastedMs'), numbers(run, series, 'busyMs'));

const fallback: Read = (run, series) =>
  ratio(total(run, series, 'fallback'), numbers(run, series, 'offered'));

/** -1 says that there is none. */
const budget: Read = (run, series) =>
  numbers(run, series, 'budgetLeft').map((left) => (left < 0 ? Number.NaN : left));

function trafficChart({ run, other, focus }: Scene): ChartData {
  const words = text.charts;
  const linesOf = (of: PageRun): readonly Line[] => {
    const parts = edgesIn(of, focus).map(({ series }) => series);
    const offered = perSecond(of, allOf(of, parts, numbers, 'offered'));
    const succeeded = perSecond(of, allOf(of, parts, numbers, 'succeeded'));
    const answered = perSecond(of, allOf(of, parts, total, 'fallback'));
    return [
      lineOf(words.offered, offered, 'ink', 'line'),
      lineOf(words.succeeded, succeeded, 'accent', 'area'),
      ...(answered.some((value) => value > 0)
        ? [lineOf(words.answered, answered, 'violet', 'line')]
        : []),
    ];
  };
  const title = focus.kind === 'all' ? words.traffic : `${words.traffic}: ${focus.name}`;
  return {
    id: 'traffic',
    title,
    unit: 'perSecond',
    lines: linesOf(run),
    beside: other === undefined ? [] : linesOf(other).map((line) => onto(run, other, line)),
    limits: [],
    wide: true,
  };
}

function lineOf(label: string, values: readonly number[], tone: Tone, form: Line['form']): Line {
  return { label, values, tone, form };
}

/** More lines are spaghetti: the others are the calmer ones. */
const LINES_MAX = 5;

const tones: readonly Tone[] = ['accent', 'bad', 'teal', 'violet', 'unsure'];

/** A part has the same colour in all charts, but where two of one chart would have one. */
function tonesOf(run: PageRun, names: readonly string[]): ReadonlyMap<string, Tone> {
  const { services, edges, queues } = run.header;
  const all = [...services, ...queues];
  const found = new Map<string, Tone>();
  for (const name of names) {
    // A call has the colour of what it calls.
    const index = edges.includes(name) ? all.indexOf(name.split(' -> ')[1]!) : all.indexOf(name);
    const from = Math.max(0, index);
    const order = tones.map((_, step) => tones[(from + step) % tones.length]!);
    const used = new Set(found.values());
    found.set(name, order.find((tone) => !used.has(tone)) ?? 'quiet');
  }
  return found;
}

interface Named {
  readonly name: string;
  readonly series: Series;
}

function perEdge(
  scene: Scene,
  id: string,
  title: string,
  unit: Unit,
  read: Read,
  least: number,
): ChartData | undefined {
  const chart = perPart(scene, { id, title, unit, read, least }, edgesAround);
  if (chart === undefined || id !== 'attempts') return chart;
  return {
    ...chart,
    limits: objectiveLines(scene, 'attempts', edgesAround(scene.run, scene.focus)),
  };
}

function perService(
  scene: Scene,
  id: string,
  title: string,
  unit: Unit,
  read: Read,
  least: number,
): ChartData | undefined {
  return perPart(scene, { id, title, unit, read, least }, servicesAround);
}

interface Kind {
  readonly id: string;
  readonly title: string;
  readonly unit: Unit;
  readonly read: Read;
  /** What never comes above it is not worth a line. */
  readonly least: number;
}

function perPart(
  { run, other, focus }: Scene,
  { id, title, unit, read, least }: Kind,
  partsOf: (run: PageRun, focus: Focus) => readonly Named[],
): ChartData | undefined {
  const parts = partsOf(run, focus)
    .map(({ name, series }) => ({ name, values: read(run, series) }))
    .map((part) => ({ ...part, most: mostOf(part.values) }))
    .filter(({ most }) => most > least)
    .toSorted((left, right) => right.most - left.most);
  if (parts.length === 0) return undefined;
  const drawn = parts.slice(0, LINES_MAX);
  const toneOf = tonesOf(
    run,
    drawn.map(({ name }) => name),
  );
  const lines = drawn.map(({ name, values }): Line => {
    return { label: name, values, tone: toneOf.get(name) ?? 'quiet', form: 'line' };
  });
  const beside =
    other === undefined ? [] : besideOf(run, other, lines, read, partsOf(other, focus));
  const calmer = parts.length - lines.length;
  const note = calmer > 0 ? text.charts.calmer(calmer) : undefined;
  return { id, title, note, unit, lines, beside, limits: [] };
}

function besideOf(
  run: PageRun,
  other: PageRun,
  lines: readonly Line[],
  read: Read,
  parts: readonly Named[],
): readonly Line[] {
  return lines.map((line) => {
    const part = parts.find(({ name }) => name === line.label);
    const values = part === undefined ? [] : read(other, part.series);
    return onto(run, other, { ...line, values });
  });
}

function mostOf(values: readonly number[]): number {
  return values.reduce((most, value) => (value > most ? value : most), Number.NEGATIVE_INFINITY);
}

function queueChart(
  { run, other }: Scene,
  id: string,
  title: string,
  unit: Unit,
  name: string,
): ChartData | undefined {
  const scene = { run, other, focus: { kind: 'all' as const }, span: { fromMs: 0, toMs: 0 } };
  return perPart(scene, { id, title, unit, read: field(name), least: 0 }, queuesOf);
}

function queuesOf(run: PageRun): readonly Named[] {
  return run.header.queues.flatMap((name, index) => {
    const series = run.queues[index];
    return series === undefined ? [] : [{ name, series }];
  });
}
