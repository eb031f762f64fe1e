import { durationText, numberText, rateText } from '../words.ts';
import type { NonMonotone, Slowing } from './guards.ts';
import type { LoadAxis } from './load.ts';
import type { Loop } from './loop.ts';
import type { StateResult } from './result.ts';
import type { FoundThreshold } from './threshold.ts';
import type { FoundTrigger } from './trigger-curve.ts';

interface Parts {
  readonly walked: Pick<Loop, 'unjudged'>;
  readonly judged: Pick<StateResult, 'name'>;
  readonly vulnerable: FoundThreshold;
  readonly stable: FoundThreshold;
  readonly triggers: readonly FoundTrigger[];
}

/** An interval that leaves a quarter open is worth a word. */
const wideInterval = 1.25;

/** What to know before the numbers are believed. */
export function notesOf(
  { walked, judged, vulnerable, stable, triggers }: Parts,
  axis: LoadAxis,
): readonly string[] {
  const load = (factor: number): string => loadText(axis.unit, factor * axis.given);
  const notes = [
    ...walked.unjudged.map(
      (text) =>
        `${text}: 30 s of ${load(1)} have too few answers to judge it by, and only a clear ` +
        'failure counts',
    ),
    ...doubts('after a collapse', stable, load),
    ...doubts('from an empty start', vulnerable, load),
  ];
  for (const { result, found } of triggers) {
    if (found === undefined) continue;
    if (judged.name === 'stable' && found.threshold.kind === 'found') {
      notes.push(`${result.name}: from this it may not come back, although it does from overload`);
    }
    const { durationMs } = result;
    const size = (times: number): string =>
      durationMs === undefined ? `${numberText(times)}x` : durationText(times * durationMs);
    notes.push(...doubts(result.name, found, size));
  }
  return notes;
}

function doubts(
  what: string,
  { threshold, slowing, nonMonotone, horizonMs }: FoundThreshold,
  size: (times: number) => string,
): readonly string[] {
  const notes: string[] = [];
  if ('low' in threshold && threshold.high > threshold.low * wideInterval) {
    notes.push(`${what}: after ${threshold.runs} runs the interval is still wide`);
  }
  if (slowing !== undefined) {
    const where = threshold.kind === 'found' ? 'near the threshold' : 'with the size';
    notes.push(slowText(`${what}: recovery slows down ${where}`, slowing, horizonMs, size));
  }
  if (nonMonotone !== undefined) notes.push(upsideDownText(what, nonMonotone, size));
  return notes;
}

function slowText(
  what: string,
  { size: at, fromMs, toMs }: Slowing,
  horizonMs: number,
  size: (times: number) => string,
): string {
  return (
    `${what}, from ${durationText(fromMs)} or less to ${durationText(toMs)} ` +
    `at ${size(at)}; runs were given ${durationText(horizonMs)} and more`
  );
}

function upsideDownText(
  what: string,
  { smaller, larger }: NonMonotone,
  size: (times: number) => string,
): string {
  const text = (side: NonMonotone['smaller']): string =>
    `${side.collapsed} of ${side.of} runs near ${size(side.size)}`;
  return (
    `${what}: not monotone: ${text(smaller)} collapse, and only ${text(larger)}; ` +
    'there is no single threshold'
  );
}

/** A load in the unit that it has. */
export function loadText(unit: LoadAxis['unit'], load: number): string {
  switch (unit) {
    case 'per second':
      return rateText(load);
    case 'users':
      return `${numberText(load)} users`;
    case 'times':
      return `${numberText(load)}x`;
  }
}
