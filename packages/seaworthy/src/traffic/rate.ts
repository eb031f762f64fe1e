import type { OpenArrivals } from '../model/arrivals.ts';
import type { Fault } from '../model/model.ts';
import { NS_PER_MS } from '../model/chance/sampler.ts';
import { doubleZero } from '../signals/double-zero.ts';

const NS_PER_S = 1e9;

/**
 * A stretch of time in which the rate goes from one value to another in a straight line; per
 * nanosecond.
 */
interface Stretch {
  readonly fromNs: number;
  readonly toNs: number;
  readonly fromRate: number;
  readonly toRate: number;
}

/** A time of more load, as a scenario has it. */
export type Burst = Extract<Fault, { kind: 'burst' }>;

/** The arrival rate of an open source over time, with the bursts of the scenario in it. */
export class Rate {
  private readonly stretches: readonly Stretch[];
  private at = 0;
  /** From then on it stays as it is, at this rate: for most models, from the beginning. */
  private readonly steadyFromNs: number = doubleZero;
  private readonly steadyRate: number = doubleZero;

  /**
   * Where a ramp of the traffic and one of a burst overlap, their product is taken as straight
   * between its ends.
   */
  constructor(shape: OpenArrivals['shape'], bursts: readonly Burst[]) {
    const corners = new Set<number>([0]);
    for (const point of shape) {
      corners.add(point.atMs);
      corners.add(point.atMs + point.overMs);
    }
    for (const burst of bursts) {
      for (const corner of burstCorners(burst)) if (Number.isFinite(corner)) corners.add(corner);
    }
    const times = [...corners].toSorted((a, b) => a - b);
    const rateAt = (atMs: number, after: boolean): number =>
      (shapeAt(shape, atMs, after) * burstAt(bursts, atMs, after)) / NS_PER_S;
    this.stretches = times.map((fromMs, index) => {
      const toMs = times[index + 1] ?? Infinity;
      const fromRate = rateAt(fromMs, true);
      const toRate = toMs === Infinity ? fromRate : rateAt(toMs, false);
      return { fromNs: fromMs * NS_PER_MS, toNs: toMs * NS_PER_MS, fromRate, toRate };
    });
    const last = this.stretches.at(-1)!;
    this.steadyFromNs = last.fromNs;
    this.steadyRate = last.fromRate;
  }

  /** The highest that it is at any time. */
  get peakPerSecond(): number {
    const ends = this.stretches.flatMap(({ fromRate, toRate }) => [fromRate, toRate]);
    return Math.max(...ends) * NS_PER_S;
  }

  /** At a moment, per second. */
  perSecondAt(atMs: number): number {
    const atNs = atMs * NS_PER_MS;
    const stretch = this.stretches.find(({ toNs }) => atNs < toNs)!;
    const { fromNs, toNs, fromRate, toRate } = stretch;
    if (toNs === Infinity) return fromRate * NS_PER_S;
    const along = (atNs - fromNs) / (toNs - fromNs);
    return (fromRate + (toRate - fromRate) * along) * NS_PER_S;
  }

  /**
   * When `amount` more arrivals are due on average, counted from `nowNs`; Infinity: never. Times
   * must not go back.
   */
  after(nowNs: number, amount: number): number {
    if (nowNs < this.steadyFromNs) return this.afterStretches(nowNs, amount);
    return this.steadyRate > 0 ? nowNs + amount / this.steadyRate : Infinity;
  }

  private afterStretches(nowNs: number, amount: number): number {
    const stretches = this.stretches;
    while (nowNs >= stretches[this.at]!.toNs) this.at++;
    let left = amount;
    let fromNs = nowNs;
    for (let index = this.at; index < stretches.length; index++) {
      const { toNs, fromRate, toRate } = stretches[index]!;
      if (toNs === Infinity) return fromRate > 0 ? fromNs + left / fromRate : Infinity;
      const slope = (toRate - fromRate) / (toNs - stretches[index]!.fromNs);
      const rate = fromRate + slope * (fromNs - stretches[index]!.fromNs);
      const lengthNs = toNs - fromNs;
      const area = (rate + (slope * lengthNs) / 2) * lengthNs;
      if (area >= left && area > 0) return fromNs + timeFor(left, rate, slope);
      left -= area;
      fromNs = toNs;
    }
    return Infinity;
  }
}

/** The x for which rate·x + slope·x²/2 = amount, in the form that does not cancel. */
function timeFor(amount: number, rate: number, slope: number): number {
  if (slope === 0) return amount / rate;
  return (2 * amount) / (rate + Math.sqrt(Math.max(0, rate * rate + 2 * slope * amount)));
}

function shapeAt(shape: OpenArrivals['shape'], atMs: number, after: boolean): number {
  let rate = shape[0]!.perSecond;
  for (const point of shape) {
    if (atMs < point.atMs || (atMs === point.atMs && !after)) break;
    const along = point.overMs > 0 ? Math.min(1, (atMs - point.atMs) / point.overMs) : 1;
    rate += (point.perSecond - rate) * along;
  }
  return rate;
}

function burstCorners(burst: Burst): number[] {
  const endMs = burst.atMs + burst.forMs;
  return [burst.atMs, burst.atMs + burst.overMs, endMs, endMs + burst.overMs];
}

function burstAt(bursts: readonly Burst[], atMs: number, after: boolean): number {
  let factor = 1;
  for (const burst of bursts) {
    const up = progress(atMs, burst.atMs, burst.overMs, after);
    const down = progress(atMs, burst.atMs + burst.forMs, burst.overMs, after);
    factor *= 1 + (burst.factor - 1) * Math.max(0, up - down);
  }
  return factor;
}

/** How far a change that begins at `startMs` has come, 0..1. */
function progress(atMs: number, startMs: number, overMs: number, after: boolean): number {
  if (atMs < startMs || (atMs === startMs && (overMs > 0 || !after))) return 0;
  return overMs > 0 ? Math.min(1, (atMs - startMs) / overMs) : 1;
}

/** The bursts of a source among the items of a scenario. */
export function burstsOf(faults: readonly Fault[], source: number): readonly Burst[] {
  return faults
    .filter((fault) => fault.kind === 'burst')
    .filter((burst) => burst.source === source);
}
