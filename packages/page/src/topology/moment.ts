import type { Edge } from '../data/focus.ts';
import { secondsOf } from '../data/series.ts';
import type { PageRun, Series } from '../seaworthy.ts';
import type { Node } from './graph.ts';

/** What one edge does in one interval. */
export interface EdgeMoment {
  readonly offeredPerSecond: number;
  readonly attemptsPerSecond: number;
  /** 1 where nothing has ended. */
  readonly success: number;
  readonly fallback: number;
  readonly breakerOpen: number;
  readonly budgetEmpty: boolean;
  readonly atLimit: boolean;
}

export function edgeMoment(run: PageRun, { series }: Edge, at: number): EdgeMoment {
  const seconds = secondsOf(run, at);
  const field = (name: string): number => series.numbers[name]?.[at] ?? 0;
  const fallback = reasons(series, 'fallback', at);
  const good = field('succeeded') + fallback;
  const ended = good + reasons(series, 'failed', at) + reasons(series, 'rejected', at);
  const stopped = series.counts['retriesStopped']?.['budget']?.[at] ?? 0;
  return {
    offeredPerSecond: field('offered') / seconds,
    attemptsPerSecond: field('attempts') / seconds,
    success: ended > 0 ? good / ended : 1,
    fallback: good > 0 ? fallback / good : 0,
    breakerOpen: field('breakerOpenShare'),
    budgetEmpty: stopped > 0,
    atLimit: field('limit') > 0 && field('inFlightMax') >= field('limit'),
  };
}

function reasons(series: Series, field: string, at: number): number {
  const counts = Object.values(series.counts[field] ?? {});
  return counts.reduce((sum, values) => sum + (values[at] ?? 0), 0);
}

/** What one node does in one interval. */
export interface NodeMoment {
  readonly inFlight: number;
  /** 0: no limit. */
  readonly slots: number;
  /** Undefined where there is nothing to be busy. */
  readonly utilisation: number | undefined;
  readonly waiting: number;
}

export function nodeMoment({ series, kind }: Node, at: number): NodeMoment | undefined {
  if (series === undefined) return undefined;
  const field = (name: string): number => series.numbers[name]?.[at] ?? 0;
  if (kind === 'queue') {
    const waiting = field('backlogMean');
    return { inFlight: field('inWorkMean'), slots: 0, utilisation: undefined, waiting };
  }
  const busy = field('utilisation');
  return {
    inFlight: field('inFlightMean'),
    slots: field('slots'),
    utilisation: busy < 0 ? undefined : busy,
    waiting: field('queueMean'),
  };
}
