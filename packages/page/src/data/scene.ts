import type { Line, LimitLine } from '../chart/chart-data.ts';
import type { ObjectiveLine, PageRun } from '../seaworthy.ts';
import type { Focus, Span } from '../state/view.ts';
import { type Edge, frontEdges } from './focus.ts';
import { beginOf, intervalAt } from './series.ts';

/** What charts are made of. */
export interface Scene {
  readonly run: PageRun;
  readonly other: PageRun | undefined;
  readonly focus: Focus;
  readonly span: Span;
}

/** A line of another run, on the intervals of this one. */
export function onto(run: PageRun, other: PageRun, line: Line): Line {
  const endMs = other.toMs.at(-1) ?? 0;
  const values = run.toMs.map((toMs, at) => {
    const middle = (beginOf(run, at) + toMs) / 2;
    return middle > endMs ? Number.NaN : (line.values[intervalAt(other, middle)] ?? Number.NaN);
  });
  return { ...line, values };
}

/** The objectives of a measure that are about one of these calls. */
export function objectivesOf(
  { run }: Scene,
  measure: string,
  calls: readonly Edge[],
): readonly ObjectiveLine[] {
  const front = new Set(frontEdges(run).map(({ name }) => name));
  return run.lines
    .filter((line) => line.measure.kind === measure)
    .filter(({ subject }) =>
      calls.some(
        ({ name, from, to }) =>
          // An objective of a service is about what its users see.
          [name, from].includes(subject) || (to === subject && front.has(name)),
      ),
    );
}

/** The objectives of a measure that name one of these parts, as lines. */
export function namedLimits(
  { run }: Scene,
  measure: string,
  parts: readonly { readonly name: string }[],
): readonly LimitLine[] {
  return run.lines
    .filter((line) => line.measure.kind === measure)
    .filter(({ subject }) => parts.some(({ name }) => name === subject))
    .map((line) => limitOf(run, line));
}

export function limitOf(run: PageRun, { objective, required }: ObjectiveLine): LimitLine {
  return { label: run.verdict?.objectives[objective]?.text ?? '', value: required };
}
