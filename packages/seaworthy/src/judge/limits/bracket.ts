import { leastLoad, type LoopPoint, mostLoad, stepFactor } from './loop.ts';

/** Where to look for the two thresholds, in times of the load of the model. */
export interface Brackets {
  readonly upper: { readonly from: number; readonly to: number };
  readonly lower: { readonly from: number; readonly to: number };
  /** A load that breaks the system, for hot starts. */
  readonly overload: number;
}

/** The least above the break that breaks it soon, without a mountain of work to clear later. */
const overloadFactor = 1.25;

/** Reads the coarse thresholds off the loop of one run. */
export function bracketsOf(points: readonly LoopPoint[]): Brackets {
  const broke = points.filter(
    (point, index) =>
      point.direction === 'up' &&
      !point.healthy &&
      points.slice(0, index).some((before) => before.healthy),
  );
  const back = points.filter((point) => point.direction === 'down' && point.healthy);
  const brokeAt = broke[0]?.load;
  const backAt = back[0]?.load;
  // Never broke: look at the end of the range. Never healthy: at its beginning.
  const someHealthy = points.some((point) => point.healthy);
  const upperEnd = someHealthy ? mostLoad : leastLoad;
  const upper = brokeAt === undefined ? atEnd(upperEnd) : around(brokeAt / stepFactor, brokeAt);
  if (backAt !== undefined) {
    const lower = around(backAt, backAt * stepFactor);
    return { upper, lower, overload: overloadOf(brokeAt) };
  }
  const neverBroke = points.every((point) => point.healthy);
  const lower = atEnd(neverBroke ? mostLoad : leastLoad);
  return { upper, lower, overload: overloadOf(brokeAt) };
}

function overloadOf(brokeAt: number | undefined): number {
  return (brokeAt ?? mostLoad) * overloadFactor;
}

/** One run may break a step too late, or too early. */
function around(from: number, to: number): { readonly from: number; readonly to: number } {
  return { from: Math.max(leastLoad, from / stepFactor), to: Math.min(mostLoad, to * stepFactor) };
}

function atEnd(end: number): { readonly from: number; readonly to: number } {
  return { from: end, to: end };
}
