import type { Fault, Model, Scenario } from '../../model/model.ts';
import { triggersOf } from '../triggers.ts';
import type { LoadAxis } from './load.ts';

/** What of a trigger grows. */
export type SizeKind = 'duration' | 'magnitude';

/** A trigger in all its sizes. */
export interface Trigger {
  /** Of the scenario; `burst` without one. */
  readonly name: string;
  /** As in the file: `slow: payments, by: 10x`. */
  readonly texts: readonly string[];
  readonly kind: SizeKind;
  /** Of the size 1: its duration in milliseconds; undefined for a magnitude. */
  readonly durationMs: number | undefined;
  /** The scenario at so many times its size. */
  readonly at: (size: number) => Scenario;
  /** When it is over. */
  readonly endMs: (size: number) => number;
}

/** Why a scenario has no sizes. */
export interface Unsized {
  readonly name: string;
  readonly why: string;
}

/** The burst where the file has no trigger of its own: twice the load for ten seconds. */
const burst = { factor: 2, forMs: 10_000 } as const;

/** Before it, the system is left in peace for this long at least. */
const calmMs = 20_000;

/** The faults of a scenario, or a burst, as something that can be longer or stronger. */
export function triggerOf(
  model: Model,
  axis: LoadAxis,
  scenario: Scenario | undefined,
  kind: SizeKind,
): Trigger | Unsized {
  const shifted = scenario === undefined ? burstOf(model, axis) : earlier(model, scenario);
  const { name, faults } = shifted;
  const ends = (size: number): number =>
    triggersOf(model, sized(shifted, kind, size)).reduce(
      (end, each) => Math.max(end, each.toMs),
      0,
    );
  if (faults.length === 0) {
    const users =
      'users of a closed loop do not come in bursts, and no scenario has another trigger';
    return { name, why: scenario === undefined ? users : 'it has no faults' };
  }
  if (ends(1) === Infinity) return { name, why: 'a fault of it stays to the end' };
  if (kind === 'magnitude' && faults.every((fault) => stronger(fault, 2) === fault)) {
    return { name, why: 'its faults have no magnitude' };
  }
  return {
    name,
    texts: faults.map((fault) => fault.text),
    kind,
    durationMs: kind === 'duration' ? Math.max(...faults.map((fault) => fault.forMs)) : undefined,
    at: (size) => sized(shifted, kind, size),
    endMs: (size) => ends(size) + rampMs(faults),
  };
}

function sized(scenario: Scenario, kind: SizeKind, size: number): Scenario {
  const faults = scenario.faults.map((fault) =>
    kind === 'duration' ? { ...fault, forMs: fault.forMs * size } : stronger(fault, size),
  );
  return { ...scenario, faults };
}

/**
 * The same fault, so many times as strong; the same object for one that is there or is not. What is
 * a factor grows by what it adds: twice `by: 3x` is `by: 5x`.
 */
function stronger(fault: Fault, size: number): Fault {
  if (fault.kind === 'slow') {
    return { ...fault, factor: 1 + (fault.factor - 1) * size, addsMs: fault.addsMs * size };
  }
  if (fault.kind === 'burst') return { ...fault, factor: 1 + (fault.factor - 1) * size };
  if (fault.kind === 'capacity') {
    return { ...fault, share: Math.max(0, 1 - (1 - fault.share) * size) };
  }
  if ('share' in fault) return { ...fault, share: Math.min(1, fault.share * size) };
  return fault;
}

/** Faults as early as a calm system allows: what comes before them is the same every time. */
function earlier(model: Model, scenario: Scenario): Scenario {
  if (model.sources.some(({ arrivals }) => arrivals.kind === 'open' && arrivals.shape.length > 1)) {
    return scenario;
  }
  const first = Math.min(...scenario.faults.map((fault) => fault.atMs));
  const byMs = Math.max(0, first - model.run.warmUpMs - calmMs);
  if (byMs === 0 || !Number.isFinite(byMs)) return scenario;
  const faults = scenario.faults.map((fault) => ({ ...fault, atMs: fault.atMs - byMs }));
  return { ...scenario, faults };
}

function burstOf(model: Model, axis: LoadAxis): Scenario {
  const atMs = model.run.warmUpMs + calmMs;
  const faults = axis.sources.flatMap((index): readonly Fault[] => {
    const source = model.sources[index];
    // The users of a closed loop do not come in bursts.
    if (source === undefined || source.arrivals.kind === 'closed') return [];
    const text = `burst: ${source.name}, by: ${burst.factor}x`;
    return [{ kind: 'burst', source: index, overMs: 0, atMs, text, ...burst }];
  });
  return { name: 'burst', faults };
}

function rampMs(faults: readonly Fault[]): number {
  return Math.max(0, ...faults.map((fault) => (fault.kind === 'burst' ? fault.overMs : 0)));
}
