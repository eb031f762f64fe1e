import type { OpenArrivals } from '../model/arrivals.ts';
import type { Model, Scenario, Source } from '../model/model.ts';

/** A part of a run, in milliseconds. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * What may start an overload: a fault of the scenario, or traffic above what the run began with.
 */
export interface Trigger extends Span {
  readonly text: string;
}

/**
 * A source counts as above its base load from 10 % on: less is within what a system is expected to
 * take, and would make a trigger of every gentle slope.
 */
const excessFactor = 1.1;

/** All triggers in order of time. `toMs` is Infinity for one that stays. */
export function triggersOf(model: Model, scenario: Scenario | undefined): readonly Trigger[] {
  const triggers: Trigger[] = [];
  for (const fault of scenario?.faults ?? []) {
    triggers.push({ fromMs: fault.atMs, toMs: fault.atMs + fault.forMs, text: fault.text });
  }
  for (const source of model.sources) {
    if (source.arrivals.kind !== 'open') continue;
    triggers.push(...excursions(source.name, source.arrivals, model.run.warmUpMs));
  }
  return triggers.toSorted((left, right) => left.fromMs - right.fromMs);
}

/**
 * What a source is meant to offer at a moment, per second (users, for closed traffic), bursts
 * included.
 */
export function nominalLoad(
  source: Source,
  index: number,
  scenario: Scenario | undefined,
  atMs: number,
): number {
  let load =
    source.arrivals.kind === 'open' ? rateAt(source.arrivals, atMs) : source.arrivals.users;
  for (const fault of scenario?.faults ?? []) {
    if (fault.kind !== 'burst' || fault.source !== index) continue;
    if (atMs >= fault.atMs && atMs < fault.atMs + fault.forMs) load *= fault.factor;
  }
  return load;
}

/** The rate of the shape at a moment: steps, or straight lines of `overMs`. */
function rateAt(arrivals: OpenArrivals, atMs: number): number {
  let rate = 0;
  for (const point of arrivals.shape) {
    if (atMs < point.atMs) break;
    const through = point.overMs > 0 ? Math.min(1, (atMs - point.atMs) / point.overMs) : 1;
    rate += (point.perSecond - rate) * through;
  }
  return rate;
}

/**
 * The times at which the shape is above its base, the rate at the end of the warm-up, and comes
 * back to it.
 */
function excursions(name: string, arrivals: OpenArrivals, warmUpMs: number): Trigger[] {
  const bound = rateAt(arrivals, warmUpMs) * excessFactor;
  const found: Trigger[] = [];
  let beganMs: number | undefined;
  for (const point of arrivals.shape) {
    if (point.atMs <= warmUpMs && point.perSecond <= bound) continue;
    if (point.perSecond > bound) {
      beganMs ??= point.atMs;
    } else if (beganMs !== undefined) {
      found.push({
        fromMs: beganMs,
        toMs: point.atMs + point.overMs,
        text: `more traffic from ${name}`,
      });
      beganMs = undefined;
    }
  }
  return found;
}
