import type { Phase, ResponsePoint } from '../data/response.ts';
import type { Plane } from '../limits/frame.tsx';

/** A point, in pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly point: ResponsePoint;
}

/** The points that have a value, where they are drawn. */
export function spotsOf(
  points: readonly ResponsePoint[],
  of: (point: ResponsePoint) => number,
  plane: Plane,
): readonly Spot[] {
  return points
    .filter((point) => of(point) > 0 || of(point) === 0)
    .map((point) => ({
      x: plane.x(point.offeredPerSecond),
      y: plane.y(of(point)),
      point,
    }));
}

/** A way through points of one phase, from the last point before it on. */
export interface Leg {
  readonly phase: Phase;
  readonly spots: readonly Spot[];
}

export function legsOf(spots: readonly Spot[]): readonly Leg[] {
  const legs: { readonly phase: Phase; readonly spots: Spot[] }[] = [];
  for (const [at, spot] of spots.entries()) {
    const { phase } = spot.point;
    if (legs.at(-1)?.phase !== phase) {
      legs.push({ phase, spots: at === 0 ? [] : [spots[at - 1]!] });
    }
    legs.at(-1)!.spots.push(spot);
  }
  return legs;
}

export function pathOf(spots: readonly Spot[]): string {
  return spots.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
}

/** Shorter steps are mostly chance: their direction tells nothing. */
const ARROW_FROM = 24;
const ARROW = 6;

/** An arrow in the middle of the longest step, which shows the way that time goes. */
export function arrowOf({ spots }: Leg): string | undefined {
  let longest = ARROW_FROM;
  let arrow: string | undefined;
  for (const [at, to] of spots.entries()) {
    const from = spots[at - 1];
    if (from === undefined) continue;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const length = Math.hypot(dx, dy);
    if (length <= longest) continue;
    longest = length;
    const [ux, uy] = [(dx / length) * ARROW, (dy / length) * ARROW];
    const [x, y] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
    arrow =
      `M${round(x + ux)} ${round(y + uy)}` +
      `L${round(x - ux - uy * 0.8)} ${round(y - uy + ux * 0.8)}` +
      `L${round(x - ux + uy * 0.8)} ${round(y - uy - ux * 0.8)}Z`;
  }
  return arrow;
}

/** A moment, and where it is written. */
export interface Milestone {
  readonly x: number;
  readonly y: number;
  readonly ms: number;
  /** The way ends here; else a leg begins here. */
  readonly isEnd: boolean;
}

/** Words nearer to each other than this cannot be read. */
const APART_X = 52;
const APART_Y = 13;

/** Beginnings are written on the left above their points, the end on the right. */
const BESIDE = 6;
const ABOVE = 6;

/** When each leg begins, and when the way ends. */
export function milestonesOf(spots: readonly Spot[]): readonly Milestone[] {
  const begins = legsOf(spots).map((leg, at) => leg.spots[at === 0 ? 0 : 1]!);
  const wished = [
    ...spots.slice(-1).map(({ x, y, point }) => ({ x, y, ms: point.toMs, isEnd: true })),
    ...begins.map(({ x, y, point }) => ({ x, y, ms: point.fromMs, isEnd: false })),
  ].map((one) => ({ ...one, x: one.x + (one.isEnd ? BESIDE : -BESIDE), y: one.y - ABOVE }));
  const placed: Milestone[] = [];
  for (const one of wished) {
    const middle = ({ x, isEnd }: Milestone): number => x + ((isEnd ? 1 : -1) * APART_X) / 2;
    const free = placed.every(
      (other) =>
        Math.abs(middle(other) - middle(one)) > APART_X || Math.abs(other.y - one.y) > APART_Y,
    );
    if (free) placed.push(one);
  }
  return placed;
}

/** What is nearest to a place, in pixels. */
export function nearest(spots: readonly Spot[], x: number, y: number): Spot | undefined {
  const far = (spot: Spot): number => Math.hypot(spot.x - x, spot.y - y);
  return spots.reduce<Spot | undefined>(
    (best, spot) => (best === undefined || far(spot) < far(best) ? spot : best),
    undefined,
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
