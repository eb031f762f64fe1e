import type { Limits, TriggerResult } from '../../judge/limits/result.ts';
import type { Threshold } from '../../judge/limits/search.ts';
import { loadText } from '../../judge/limits/notes.ts';
import { durationText, numberText } from '../../judge/words.ts';

/** A number of the axis with its unit. */
export type SizeText = (size: number) => string;

export function loadTextOf({ load }: Pick<Limits, 'load'>): SizeText {
  return (size) => loadText(load.unit, size);
}

/** A size of a trigger: how long it takes, or how many times as strong it is. */
export function sizeTextOf({ durationMs }: TriggerResult): SizeText {
  return (size) =>
    durationMs === undefined ? `${numberText(size)}x` : durationText(size * durationMs);
}

/** `23.6/s`, or on which side of everything that was tried. */
export function thresholdText(threshold: Threshold, text: SizeText): string {
  switch (threshold.kind) {
    case 'found':
      return text(threshold.at);
    case 'above':
      return `above ${text(threshold.than)}`;
    case 'below':
      return `below ${text(threshold.than)}`;
    case 'between':
    case 'unknown':
      return 'not known';
  }
}

/** `23.4/s to 23.8/s`; `11,234 to 11,431 users`, for two of a long unit take too much of a line. */
export function intervalText(threshold: Threshold, text: SizeText): string {
  if (!('low' in threshold)) return '';
  const low = text(threshold.low);
  const high = text(threshold.high);
  const [, unit] = high.split(' ');
  const isSaidTwice = unit !== undefined && low.endsWith(` ${unit}`);
  return `${isSaidTwice ? low.slice(0, -unit.length - 1) : low} to ${high}`;
}

/** A probability that nobody has seen to be 0 or 1. */
export function probabilityText(probability: number): string {
  if (probability > 0.99) return 'over 99 %';
  if (probability < 0.01) return 'under 1 %';
  return `${Math.round(probability * 100)} %`;
}
