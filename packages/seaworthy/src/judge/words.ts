import type { Measure } from '../model/model.ts';
import { durationText, numberText, rateText, shareText } from '../model/quantity-text.ts';

export { durationText, numberText, rateText, shareText };

/** A moment of the run, to a tenth of a second: `60 s`, `61.5 s`. */
export function momentText(milliseconds: number): string {
  return `${Number((milliseconds / 1000).toFixed(1))} s`;
}

/** A share where only its size matters: `100 %`, `41 %`, `1.2 %`. */
export function roughShareText(share: number): string {
  const percent = share * 100;
  return `${Number(percent.toPrecision(percent >= 99.5 ? 3 : 2))} %`;
}

/** A value of a measure with its unit. */
export function valueText(measure: Measure, value: number): string {
  switch (measure.kind) {
    case 'latency':
    case 'wait':
    case 'service-time':
    case 'recovery':
    case 'age':
    case 'makespan':
      return durationText(value);
    case 'success':
    case 'failed':
    case 'rejected':
    case 'fallback':
    case 'utilisation':
    case 'wasted':
    case 'conflicts':
    case 'redelivered':
    case 'duplicates':
    case 'dead-letters':
      return shareText(value);
    case 'offered':
    case 'goodput':
    case 'throughput':
      return rateText(value);
    case 'attempts':
    case 'in-flight':
    case 'queue':
    case 'in-system':
    case 'backlog':
      return numberText(value);
  }
}

/**
 * The same in five significant digits and one unit a measure, for values that are held against
 * others.
 */
export function exactText(measure: Measure, value: number): string {
  switch (measure.kind) {
    case 'latency':
    case 'wait':
    case 'service-time':
    case 'recovery':
    case 'age':
    case 'makespan':
      return `${digits(value)} ms`;
    case 'success':
    case 'failed':
    case 'rejected':
    case 'fallback':
    case 'utilisation':
    case 'wasted':
    case 'conflicts':
    case 'redelivered':
    case 'duplicates':
    case 'dead-letters':
      return `${digits(value * 100)} %`;
    case 'offered':
    case 'goodput':
    case 'throughput':
      return `${digits(value)}/s`;
    case 'attempts':
    case 'in-flight':
    case 'queue':
    case 'in-system':
    case 'backlog':
      return digits(value);
  }
}

function digits(value: number): string {
  return String(Number(value.toPrecision(5)));
}
