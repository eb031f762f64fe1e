import type { ChartData, Line, Tone, Unit } from '../chart/chart-data.ts';
import type { PageRun, Series } from '../seaworthy.ts';
import type { Focus } from '../state/view.ts';
import { text } from '../text/english.ts';
import { namedLimits, onto, type Scene } from './scene.ts';
import { intervalsIn } from './series.ts';

/** Reads a part over time; a percentile needs to know which intervals are drawn. */
export type Read = (
  run: PageRun,
  series: Series,
  drawn: readonly [from: number, to: number],
) => readonly number[];

/** A signal that is drawn as a line for each part that has something of it. */
export interface Kind {
  readonly id: string;
  readonly title: string;
  readonly unit: Unit;
  readonly read: Read;
  /** Whether a part has something to show. */
  readonly worth: (values: readonly number[]) => boolean;
  /** Objectives of this measure about one of the parts are lines in the chart. */
  readonly measure?: string;
}

export interface Named {
  readonly name: string;
  readonly series: Series;
}

/** What never comes above it is not worth a line. */
export function above(least: number): Kind['worth'] {
  return (values) => mostOf(values) > least;
}

/** What stays where it is is not worth a line. */
export function moves(values: readonly number[]): boolean {
  return values.some((value) => Math.abs(value - values[0]!) > 1e-3);
}

/** More lines are spaghetti: the others are the calmer ones. */
const LINES_MAX = 5;

export function partChart(
  scene: Scene,
  kind: Kind,
  partsOf: (run: PageRun, focus: Focus) => readonly Named[],
): ChartData | undefined {
  const { run, other, focus, span } = scene;
  const { id, title, unit, read, worth, measure } = kind;
  const parts = partsOf(run, focus)
    .map(({ name, series }) => ({ name, values: read(run, series, intervalsIn(run, span)) }))
    .filter(({ values }) => worth(values))
    .toSorted((left, right) => mostOf(right.values) - mostOf(left.values));
  if (parts.length === 0) return undefined;
  const drawn = parts.slice(0, LINES_MAX);
  const toneOf = tonesOf(
    run,
    drawn.map(({ name }) => name),
  );
  const lines = drawn.map(({ name, values }): Line => {
    return { label: name, values, tone: toneOf.get(name) ?? 'quiet', form: 'line' };
  });
  const besides = other === undefined ? [] : partsOf(other, focus);
  const beside =
    other === undefined
      ? []
      : lines.map((line) => {
          const part = besides.find(({ name }) => name === line.label);
          const values =
            part === undefined ? [] : read(other, part.series, intervalsIn(other, span));
          return onto(run, other, { ...line, values });
        });
  const calmer = parts.length - lines.length;
  const note = calmer > 0 ? text.charts.calmer(calmer) : undefined;
  const limits = measure === undefined ? [] : namedLimits(scene, measure, drawn);
  return { id, title, note, unit, lines, beside, limits };
}

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

function mostOf(values: readonly number[]): number {
  return values.reduce((most, value) => (value > most ? value : most), Number.NEGATIVE_INFINITY);
}
