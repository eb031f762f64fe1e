import { leastLoad, type LoopPoint, mostLoad, stepFactor } from './loop.ts';
import type { Proportion } from './proportion.ts';
import { leaning } from './state.ts';

/** Where to look for a threshold, in times of the load of the model. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Brackets {
  readonly upper: Range;
  readonly lower: Range;
  /** A load that breaks the system, for hot starts. */
  readonly overload: number;
}

/** The least above the break that breaks it soon, without a mountain of work to clear later. */
const overloadFactor = 1.25;

/** Reads the coarse thresholds off the loop of one run, as far as it came. */
export function bracketsOf(points: readonly LoopPoint[]): Brackets {
  const broke = points.findLast((point) => point.direction === 'up' && !point.healthy)?.load;
  const held = points.filter(({ healthy, load }) => healthy && load < (broke ?? Infinity));
  const carried = held.length === 0 ? undefined : Math.max(...held.map(({ load }) => load));
  const down = points.filter((point) => point.direction === 'down');
  const back = down.find((point) => point.healthy)?.load;
  const stuck = back === undefined ? (down.at(-1)?.load ?? broke) : back * stepFactor;
  const last = points.at(-1);
  return {
    upper: between(carried, broke, last),
    lower: between(back, stuck, last),
    overload: (broke ?? mostLoad) * overloadFactor,
  };
}

/**
 * Between what was held and what was too much, and a step beyond, for one run may break too late or
 * too early. What the walk has not come to may be anywhere up to the end of the range, and where it
 * has come to the end, that is where to look.
 */
function between(
  held: number | undefined,
  tooMuch: number | undefined,
  last: LoopPoint | undefined,
): Range {
  const end = last === undefined ? undefined : endAfter(last);
  if (end === mostLoad && tooMuch === undefined) return { from: end, to: end };
  if (end === leastLoad && held === undefined) return { from: end, to: end };
  return {
    from: Math.max(leastLoad, (held ?? leastLoad) / stepFactor),
    to: Math.min(mostLoad, (tooMuch ?? mostLoad) * stepFactor),
  };
}

/** The end of the range where the next step would have been beyond it. */
function endAfter({ load, healthy }: LoopPoint): number | undefined {
  if (healthy) return load * stepFactor > mostLoad ? mostLoad : undefined;
  return load / stepFactor < leastLoad ? leastLoad : undefined;
}

/** Without the side on which the runs at the load of the file say that it is not. */
export function narrowed({ from, to }: Range, given: Proportion): Range {
  if (from >= 1 || to <= 1) return { from, to };
  switch (leaning(given)) {
    case 'collapses':
      return { from, to: 1 };
    case 'holds':
      return { from: 1, to };
    case 'open':
      return { from, to };
  }
}
