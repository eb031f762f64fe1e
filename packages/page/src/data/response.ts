import type { Unit } from '../chart/chart-data.ts';
import type { PageRun, Series } from '../seaworthy.ts';
import type { Focus, Span } from '../state/view.ts';
import { type Edge, edgesIn } from './focus.ts';
import { faultsOf } from './happened.ts';
import { percentileIn, timesIn } from './latency.ts';
import { allOf, beginOf, intervalsIn, numbers } from './series.ts';

/** When a point was, of what decides how a load is answered: what came before it. */
export type Phase = 'steady' | 'before' | 'during' | 'after' | 'rising' | 'falling';

/** A short part of a run: what came in it, and what became of that. */
export interface ResponsePoint {
  readonly fromMs: number;
  readonly toMs: number;
  readonly phase: Phase;
  readonly offeredPerSecond: number;
  readonly succeededPerSecond: number;
  /** Of what was answered. NaN: too few answers to tell. */
  readonly timeMs: number;
}

/** How some calls, all callers together, answered the load that came. */
export interface Response {
  readonly name: string;
  /** In order of time. */
  readonly points: readonly ResponsePoint[];
  /** Which percentile `timeMs` is, such as 0.99; undefined: none had enough answers. */
  readonly quantile: number | undefined;
}

/** So many points are a way that can be followed; more of them are mostly chance. */
const POINTS = 40;

/** The responses of what is looked at; of each entry of the system, where nothing is chosen. */
export function responsesOf(run: PageRun, focus: Focus, span: Span): readonly Response[] {
  const edges = edgesIn(run, focus);
  const groups =
    focus.kind === 'all'
      ? edges.map((edge): readonly [string, readonly Edge[]] => [edge.name, [edge]])
      : [[focus.name, edges] as const];
  return groups.map(([name, parts]) => {
    return responseOf(
      run,
      name,
      parts.map(({ series }) => series),
      span,
    );
  });
}

function responseOf(run: PageRun, name: string, parts: readonly Series[], span: Span): Response {
  const [from, to] = intervalsIn(run, span);
  const offered = allOf(run, parts, numbers, 'offered');
  const succeeded = allOf(run, parts, numbers, 'succeeded');
  const stretches = stretchesOf(phasesOf(run, offered, from, to), from);
  const quantile = quantileFor(parts, stretches);
  const points = stretches.map(({ phase, begin, end }): ResponsePoint => {
    const [fromMs, toMs] = [beginOf(run, begin), run.toMs[end - 1]!];
    const rate = (values: readonly number[]): number =>
      sum(values, begin, end) / ((toMs - fromMs) / 1000);
    return {
      fromMs,
      toMs,
      phase,
      offeredPerSecond: rate(offered),
      succeededPerSecond: rate(succeeded),
      timeMs: timeOf(parts, quantile, begin, end) ?? Number.NaN,
    };
  });
  return { name, points: points.filter(({ offeredPerSecond }) => offeredPerSecond > 0), quantile };
}

/** Load that moves by less than this is the same load. */
const MOVES = 1.3;

/** The phase of each interval: before, during and after a trigger; else where the load goes. */
function phasesOf(
  run: PageRun,
  offered: readonly number[],
  from: number,
  to: number,
): readonly Phase[] {
  const at = Array.from({ length: to - from }, (_, index) => from + index);
  const triggers = faultsOf(run);
  if (triggers.length > 0) {
    const firstMs = Math.min(...triggers.map(({ fromMs }) => fromMs));
    return at.map((index) => {
      const [beginMs, endMs] = [beginOf(run, index), run.toMs[index]!];
      if (triggers.some(({ fromMs, toMs }) => fromMs < endMs && toMs > beginMs)) return 'during';
      return endMs <= firstMs ? 'before' : 'after';
    });
  }
  const width = widthOf(at.length);
  const loads = at.map((index) => sum(offered, index, Math.min(to, index + width)));
  const whole = loads.slice(0, Math.max(1, loads.length - width + 1));
  const highest = Math.max(...whole);
  if (highest < MOVES * Math.min(...whole)) return at.map(() => 'steady');
  const peak = whole.indexOf(highest);
  return at.map((_, index) => (index < peak + width ? 'rising' : 'falling'));
}

interface Stretch {
  readonly phase: Phase;
  readonly begin: number;
  readonly end: number;
}

/** Neighbours of one phase are taken together, so many as leave about as many points as wished. */
function stretchesOf(phases: readonly Phase[], from: number): readonly Stretch[] {
  const width = widthOf(phases.length);
  const stretches: Stretch[] = [];
  for (let begin = 0; begin < phases.length;) {
    const phase = phases[begin]!;
    let end = begin;
    while (end < phases.length && end - begin < width && phases[end] === phase) end++;
    stretches.push({ phase, begin: from + begin, end: from + end });
    begin = end;
  }
  return stretches;
}

function widthOf(intervals: number): number {
  return Math.max(1, Math.ceil(intervals / POINTS));
}

const quantiles = [0.99, 0.9, 0.5];

/** The highest that half of the points which were answered have enough answers for. */
function quantileFor(parts: readonly Series[], stretches: readonly Stretch[]): number | undefined {
  const answered = stretches
    .map(({ begin, end }) => timesIn(parts, 'latency', begin, end))
    .filter(({ count }) => count > 0);
  return quantiles.find((quantile) => {
    const told = answered.filter((times) => percentileIn(times, quantile) !== undefined);
    return told.length * 2 >= answered.length && told.length > 1;
  });
}

function timeOf(
  parts: readonly Series[],
  quantile: number | undefined,
  begin: number,
  end: number,
): number | undefined {
  if (quantile === undefined) return undefined;
  return percentileIn(timesIn(parts, 'latency', begin, end), quantile);
}

function sum(values: readonly number[], begin: number, end: number): number {
  let all = 0;
  for (let at = begin; at < end; at++) all += values[at]!;
  return all;
}

/** What is drawn over the load. */
export interface Measured {
  readonly id: 'goodput' | 'time';
  readonly unit: Unit;
  readonly of: (point: ResponsePoint) => number;
}

export const goodput: Measured = {
  id: 'goodput',
  unit: 'perSecond',
  of: ({ succeededPerSecond }) => succeededPerSecond,
};

export const time: Measured = { id: 'time', unit: 'ms', of: ({ timeMs }) => timeMs };
