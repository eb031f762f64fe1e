import type { PageRun, RunEvent } from '../seaworthy.ts';
import { edgesOf } from './focus.ts';
import { numbers } from './series.ts';

export interface Fault {
  readonly kind: 'fault' | 'rollout';
  readonly fromMs: number;
  readonly toMs: number;
  readonly text: string;
}

/**
 * From when to when which fault was at work, and which other version came in; one that did not end
 * lasts to the end of the run.
 */
export function faultsOf(run: PageRun): readonly Fault[] {
  return [...spansOf(run, 'fault'), ...spansOf(run, 'rollout')].toSorted(
    (left, right) => left.fromMs - right.fromMs,
  );
}

function spansOf(run: PageRun, kind: Fault['kind']): readonly Fault[] {
  const endMs = run.toMs.at(-1) ?? 0;
  const ends = run.events.filter((event) => event.kind === `${kind}-ended`);
  const used = new Set<RunEvent>();
  return run.events
    .filter((event) => event.kind === `${kind}-began`)
    .map((began) => {
      const ended = ends.find(
        (end) => end.text === began.text && end.atMs >= began.atMs && !used.has(end),
      );
      if (ended !== undefined) used.add(ended);
      return { kind, fromMs: began.atMs, toMs: ended?.atMs ?? endMs, text: began.text };
    });
}

/** A state of a policy over time, 0 to 1. */
export interface Lane {
  readonly name: string;
  readonly kind: 'breaker' | 'fallback' | 'limit';
  readonly values: readonly number[];
}

/** More are not read. */
const LANES_MAX = 5;

/** Which policies were at work, those that were so for longest first. */
export function lanesOf(run: PageRun): readonly Lane[] {
  const lanes = edgesOf(run).flatMap(({ name, series }): readonly Lane[] => {
    const limit = numbers(run, series, 'limit');
    const used = numbers(run, series, 'inFlightMax');
    return [
      { name, kind: 'breaker', values: numbers(run, series, 'breakerOpenShare') },
      { name, kind: 'fallback', values: numbers(run, series, 'fallbackNormalShare') },
      {
        name,
        kind: 'limit',
        values: used.map((value, at) => (limit[at]! > 0 && value >= limit[at]! ? 1 : 0)),
      },
    ];
  });
  const length = (lane: Lane): number => lane.values.reduce((sum, value) => sum + value, 0);
  return lanes
    .filter((lane) => length(lane) > 0)
    .toSorted((left, right) => length(right) - length(left))
    .slice(0, LANES_MAX);
}
