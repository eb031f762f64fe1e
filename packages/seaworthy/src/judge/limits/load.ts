import type { Model, Objective, Source } from '../../model/model.ts';
import { isRate } from '../measure.ts';
import { nominalLoad } from '../triggers.ts';

/** What is turned up and down. */
export interface LoadAxis {
  /** Indices of the sources whose load changes; the others stay as they are. */
  readonly sources: readonly number[];
  /** `times` where open and closed loops are turned together: there is no common unit. */
  readonly unit: 'per second' | 'users' | 'times';
  /** The load of the file, before any trigger; 1 for `times`. */
  readonly given: number;
}

/** @param only the source to turn up and down; undefined: all of them together */
export function loadAxis(model: Model, only: number | undefined): LoadAxis {
  const sources = only === undefined ? model.sources.map((_, index) => index) : [only];
  const kinds = new Set(sources.map((index) => model.sources[index]?.arrivals.kind));
  if (kinds.size > 1) return { sources, unit: 'times', given: 1 };
  const { warmUpMs } = model.run;
  let given = 0;
  for (const index of sources) {
    const source = model.sources[index];
    if (source !== undefined) given += nominalLoad(source, index, undefined, warmUpMs);
  }
  return { sources, unit: kinds.has('closed') ? 'users' : 'per second', given };
}

/**
 * The model at so many times its load, for as long as it runs: without the ups and downs of its own
 * traffic, which are triggers.
 *
 * @param factor more than 0
 */
export function steadyAt(model: Model, axis: LoadAxis, factor: number): Model {
  const { warmUpMs } = model.run;
  const sources = model.sources.map((source, index) => {
    const times = axis.sources.includes(index) ? factor : 1;
    return steadySource(source, nominalLoad(source, index, undefined, warmUpMs) * times);
  });
  return { ...model, sources, objectives: objectivesAt(model.objectives, factor) };
}

function steadySource(source: Source, load: number): Source {
  const { arrivals } = source;
  if (arrivals.kind === 'closed') {
    return { ...source, arrivals: { ...arrivals, users: Math.max(1, Math.round(load)) } };
  }
  return { ...source, arrivals: { ...arrivals, shape: [{ atMs: 0, perSecond: load, overMs: 0 }] } };
}

/** Twice the load must bring twice the goodput: objectives about rates go with it. */
export function objectivesAt(
  objectives: readonly Objective[],
  factor: number,
): readonly Objective[] {
  return objectives.map((objective) =>
    isRate(objective.measure) ? { ...objective, required: objective.required * factor } : objective,
  );
}
