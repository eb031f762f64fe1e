import type { OpenArrivals } from '../../model/arrivals.ts';
import type { Model } from '../../model/model.ts';
import type { Recording } from './recording.ts';

const MS_PER_S = 1000;

/** So many in a part of a recording tell its rate from chance. */
const arrivalsOfPart = 100;
const partsMost = 60;

/** A part belongs to those before it unless it differs by more than chance: in standard errors. */
const errors = 3;

/**
 * The model with recorded arrivals in the place of those that it has, by the name of the source: in
 * every world the same, with whatever seed.
 */
export function withRecordings(model: Model, recordings: ReadonlyMap<string, Recording>): Model {
  if (recordings.size === 0) return model;
  const sources = model.sources.map((source) => {
    const recording = recordings.get(source.name);
    return recording === undefined ? source : { ...source, arrivals: arrivalsOf(recording) };
  });
  return { ...model, sources };
}

function arrivalsOf({ arrivals }: Recording): OpenArrivals {
  const recordedMs = arrivals.map(({ atMs }) => atMs);
  return { kind: 'open', spacing: 'poisson', shape: shapeOf(recordedMs), recordedMs };
}

/** How their rate changed, for whoever asks what was meant to come: in steps, and 0 at the end. */
function shapeOf(recordedMs: readonly number[]): OpenArrivals['shape'] {
  const { length } = recordedMs;
  // One alone lasts for as long as a rate is counted in.
  const endMs = recordedMs.at(-1) || MS_PER_S;
  const count = Math.min(partsMost, Math.max(1, Math.floor(length / arrivalsOfPart)));
  const partMs = endMs / count;
  const parts = Array.from({ length: count }, () => 0);
  for (const atMs of recordedMs) parts[Math.min(count - 1, Math.floor(atMs / partMs))]!++;
  const steps: { readonly from: number; parts: number; arrivals: number }[] = [];
  for (const [from, arrivals] of parts.entries()) {
    const step = steps.at(-1);
    const expected = step === undefined ? 0 : step.arrivals / step.parts;
    if (step !== undefined && Math.abs(arrivals - expected) <= errors * Math.sqrt(expected)) {
      step.parts++;
      step.arrivals += arrivals;
    } else steps.push({ from, parts: 1, arrivals });
  }
  const shape = steps.map((step) => {
    const perSecond = (step.arrivals / (step.parts * partMs)) * MS_PER_S;
    return { atMs: step.from * partMs, perSecond, overMs: 0 };
  });
  return [...shape, { atMs: endMs, perSecond: 0, overMs: 0 }];
}
