import type { Distribution } from '../../model/model.ts';
import type { Histogram } from '../../signals/histogram.ts';
import { timeByMoments, timeTable } from '../calibrate/time-table.ts';
import type { EdgeReading } from '../proxy/measure/reading.ts';
import type { BatteryRun, CalmReading } from './battery.ts';
import { brownOutMs } from './dependency-trials.ts';
import { callsPerTask, observedPolicy, type ObservedPolicy } from './observed-policy.ts';

/** A value, and in words where it comes from. */
export interface Noted<T> {
  readonly value: T;
  readonly from: string;
}

/** What a battery has measured of a system, as a model has it. */
export interface MeasuredSystem {
  readonly target: string;
  /** Requests it works on at once. */
  readonly slots: Noted<number>;
  /** Its own time, calls left out. */
  readonly time: Noted<Distribution>;
  readonly ratePerSecond: Noted<number>;
  readonly deadlineMs: Noted<number>;
  readonly dependencies: readonly MeasuredDependency[];
}

export interface MeasuredDependency extends ObservedPolicy {
  readonly name: string;
  readonly time: Noted<Distribution>;
  /** For each task of the target. */
  readonly calls: Noted<number>;
  /** How much slower it was made. */
  readonly brownOutMs: number;
}

/** Undefined: nothing was measured by which the target could be told from any other. */
export function measuredSystem(run: BatteryRun): MeasuredSystem | undefined {
  const { calm, knee, target, settings, status } = run;
  if (calm === undefined || knee === undefined || status === 'unanswered') return undefined;
  if (knee.kind === 'below' || knee.kind === 'unknown') return undefined;
  const capacity = knee.kind === 'found' ? knee.at : knee.than;
  const dependencies = run.dependencies.flatMap((name, index) =>
    dependencyOf(run, calm, name, index),
  );
  return {
    target,
    ...ownTime(calm, capacity, knee.kind === 'found', dependencies),
    ratePerSecond: { value: calm.ratePerSecond, from: `half of what it carries` },
    deadlineMs: { value: settings.deadlineMs, from: 'the deadline of the battery' },
    dependencies,
  };
}

/**
 * Slots and the time that each is held, so that together they carry what the target carries
 * (Little's law: slots = rate x time). So that their number is whole, each is held for a little
 * more or less than was measured.
 */
function ownTime(
  { tasks }: CalmReading,
  capacity: number,
  isKnee: boolean,
  dependencies: readonly MeasuredDependency[],
): Pick<MeasuredSystem, 'slots' | 'time'> {
  const { serviceTime } = tasks;
  const counted = `${serviceTime.count} requests in the calm`;
  const rate = Number(capacity.toPrecision(3));
  const slots = Math.max(1, Math.round((capacity * serviceTime.mean) / 1000));
  const heldMs = isKnee ? (slots / capacity) * 1000 : serviceTime.mean;
  const factor = heldMs / serviceTime.mean;
  const calls = dependencies.map(({ time, calls: { value } }) => ({
    ...moments(time.value),
    value,
  }));
  const callsMs = calls.reduce((sum, it) => sum + it.value * it.meanMs, 0);
  const callsVariance = calls.reduce((sum, it) => sum + it.value * it.variance, 0);
  const scaled = Math.abs(factor - 1) < 0.02 ? '' : `, times ${Number(factor.toPrecision(3))}`;
  const fit = scaled === '' ? '' : '; times fit to it';
  const why = isKnee
    ? `its knee is ${rate}/s: rate times time, by Little's law${fit}`
    : `guess: its knee was not reached at ${rate}/s`;
  const own =
    callsMs === 0
      ? scaledTable(timeTable(serviceTime), factor)
      : timeByMoments(
          Math.max(0, heldMs - callsMs),
          Math.max(0, varianceOf(serviceTime) - callsVariance),
        );
  const rest = callsMs === 0 ? '' : ', less its calls';
  return {
    slots: { value: slots, from: why },
    time: { value: own, from: `${counted}${rest}${scaled}` },
  };
}

function dependencyOf(
  run: BatteryRun,
  calm: CalmReading,
  name: string,
  index: number,
): readonly MeasuredDependency[] {
  const { tasks, edges } = calm;
  const edge = edges[index]!;
  const times = answerTimes(edge);
  if (times.count === 0) return [];
  const calls = callsPerTask(edge, tasks.offered);
  const from = `${times.count} answers in the calm`;
  return [
    {
      name,
      time: { value: timeTable(times), from },
      calls: { value: calls, from },
      brownOutMs: brownOutMs(times.quantile(0.5)),
      ...observedPolicy(run, calm, name, index),
    },
  ];
}

/** What the callee took: by requests where HTTP is spoken, else by turns of the talk. */
function answerTimes({ offered, calleeTime, turn }: EdgeReading): Histogram {
  return offered > 0 ? calleeTime : turn;
}

function scaledTable(time: Distribution, factor: number): Distribution {
  if (time.kind === 'constant') return { ...time, valueMs: time.valueMs * factor };
  if (time.kind !== 'quantiles') return time;
  const points = time.points.map((it) => ({ ...it, valueMs: it.valueMs * factor }));
  return { ...time, points };
}

/** Of a table, straight between its points; of a constant, itself. */
function moments(time: Distribution): { readonly meanMs: number; readonly variance: number } {
  if (time.kind === 'constant') return { meanMs: time.valueMs, variance: 0 };
  if (time.kind !== 'quantiles') return { meanMs: 0, variance: 0 };
  let mean = 0;
  let square = 0;
  for (const [index, { share, valueMs: to }] of time.points.entries()) {
    const before = time.points[index - 1];
    if (before === undefined) continue;
    const width = share - before.share;
    const from = before.valueMs;
    mean += (width * (from + to)) / 2;
    square += (width * (from * from + from * to + to * to)) / 3;
  }
  return { meanMs: mean, variance: Math.max(0, square - mean * mean) };
}

/** By the table of the times, whose tail is what makes it. */
function varianceOf(times: Histogram): number {
  return moments(timeTable(times)).variance;
}
