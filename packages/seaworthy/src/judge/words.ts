import { unitOf } from '../model/measure.ts';
import type { Measure } from '../model/model.ts';
import {
  durationText,
  numberText,
  rateText,
  shareText,
  wholeText,
} from '../model/quantity-text.ts';

export { durationText, numberText, rateText, shareText, wholeText };

/** A moment of the run, to a tenth of a second: `60 s`, `61.5 s`. */
export function momentText(milliseconds: number): string {
  return `${Number((milliseconds / 1000).toFixed(1))} s`;
}

/** From here on whole minutes and hours read best. */
const MINUTES_FROM_MS = 600_000;

/** How long a run is: `210 s`, `50 min`, `24 h`, `90 days`; in seconds where none comes out. */
export function lengthText(milliseconds: number): string {
  const minutes = milliseconds / 60_000;
  if (milliseconds < MINUTES_FROM_MS || !Number.isInteger(minutes)) return momentText(milliseconds);
  if (minutes % 60 !== 0) return `${minutes} min`;
  const days = minutes / 60 / 24;
  return days > 1 && Number.isInteger(days) ? `${days} days` : `${minutes / 60} h`;
}

/** A share where only its size matters: `100 %`, `41 %`, `1.2 %`. */
export function roughShareText(share: number): string {
  const percent = share * 100;
  return `${Number(percent.toPrecision(percent >= 99.5 ? 3 : 2))} %`;
}

/** A value of a measure with its unit. */
export function valueText(measure: Measure, value: number): string {
  switch (unitOf(measure)) {
    case 'duration':
      return durationText(value);
    case 'share':
      return shareText(value);
    case 'rate':
      return rateText(value);
    case 'number':
      return numberText(value);
  }
}

/**
 * The same in five significant digits and one unit a measure, for values that are held against
 * others.
 */
export function exactText(measure: Measure, value: number): string {
  switch (unitOf(measure)) {
    case 'duration':
      return `${digits(value)} ms`;
    case 'share':
      return `${digits(value * 100)} %`;
    case 'rate':
      return `${digits(value)}/s`;
    case 'number':
      return digits(value);
  }
}

function digits(value: number): string {
  return String(Number(value.toPrecision(5)));
}
