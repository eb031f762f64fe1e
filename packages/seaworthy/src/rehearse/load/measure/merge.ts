import { addCounts } from '../../../signals/add-counts.ts';
import { Histogram } from '../../../signals/histogram.ts';
import type { LoadReading } from './reading.ts';

/** The fields of a reading that are histograms. */
export const histogramFields = [
  'latency',
  'latencyFailed',
  'serviceTime',
  'lateness',
  'connectionWait',
] as const satisfies readonly (keyof LoadReading)[];

const countFields = [
  'offered',
  'succeeded',
  'unfinished',
  'connected',
] as const satisfies readonly (keyof LoadReading)[];

const reasonFields = [
  'failed',
  'late',
  'statuses',
  'problems',
] as const satisfies readonly (keyof LoadReading)[];

const levelFields = [
  'connections',
  'connectionsMax',
  'inFlight',
  'inFlightMean',
  'inFlightMax',
  'waiting',
  'waitingMax',
] as const satisfies readonly (keyof LoadReading)[];

/** A value for each of some fields. */
export function each<Field extends string, Value>(
  fields: readonly Field[],
  valueOf: (field: Field) => Value,
): Record<Field, Value> {
  const entries = fields.map((field) => [field, valueOf(field)]);
  return Object.fromEntries(entries) as Record<Field, Value>;
}

/**
 * Several generators during the same time. The most at once are those of each, which need not have
 * been at one time; shares are those of the worst off.
 */
export function together(readings: readonly LoadReading[]): LoadReading {
  const starved = readings.map(({ starvedShare }) => starvedShare).filter(isKnown);
  return {
    ...counted(readings),
    ...each(levelFields, (field) => sum(readings.map((reading) => reading[field]))),
    busyShare: Math.max(...readings.map(({ busyShare }) => busyShare)),
    starvedShare: starved.length === 0 ? undefined : Math.max(...starved),
  };
}

/** One generator during one time after the other. */
export function inTurn(readings: readonly LoadReading[]): LoadReading {
  const lengthMs = sum(readings.map(({ fromMs, toMs }) => toMs - fromMs));
  const mean = (valueOf: (reading: LoadReading) => number): number =>
    lengthMs === 0
      ? 0
      : sum(readings.map((one) => valueOf(one) * (one.toMs - one.fromMs))) / lengthMs;
  const last = readings.at(-1)!;
  const most = (field: (typeof levelFields)[number]): number =>
    Math.max(...readings.map((reading) => reading[field]));
  return {
    ...counted(readings),
    connections: last.connections,
    connectionsMax: most('connectionsMax'),
    inFlight: last.inFlight,
    inFlightMean: mean(({ inFlightMean }) => inFlightMean),
    inFlightMax: most('inFlightMax'),
    waiting: last.waiting,
    waitingMax: most('waitingMax'),
    busyShare: mean(({ busyShare }) => busyShare),
    starvedShare: readings.every(({ starvedShare }) => isKnown(starvedShare))
      ? mean(({ starvedShare }) => starvedShare!)
      : undefined,
  };
}

/** What is merged in one way, whether at the same time or not. */
function counted(readings: readonly LoadReading[]) {
  return {
    fromMs: Math.min(...readings.map(({ fromMs }) => fromMs)),
    toMs: Math.max(...readings.map(({ toMs }) => toMs)),
    ...each(countFields, (field) => sum(readings.map((reading) => reading[field]))),
    ...each(reasonFields, (field) => countsOf(readings.map((reading) => reading[field]))),
    ...each(histogramFields, (field) => merged(readings.map((reading) => reading[field]))),
    longestTurnMs: Math.max(...readings.map(({ longestTurnMs }) => longestTurnMs)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

function merged(parts: readonly Histogram[]): Histogram {
  const all = new Histogram();
  for (const part of parts) all.merge(part);
  return all;
}

function countsOf(parts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const all: Record<string, number> = {};
  for (const part of parts) addCounts(all, part);
  return all;
}

function isKnown(share: number | undefined): share is number {
  return share !== undefined;
}
