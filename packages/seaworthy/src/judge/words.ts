import type { Measure } from '../model/model.ts';

/**
 * A number in at most three significant digits, with separators for thousands: 0.0123, 1.09, 12.3,
 * 1,234.
 */
export function numberText(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return Math.round(value).toLocaleString('en-US');
  if (size === 0) return '0';
  return String(Number(value.toPrecision(3)));
}

/** A time span in the unit that reads best: `40 µs`, `0.4 ms`, `412 ms`, `1.24 s`, `150 s`. */
export function durationText(milliseconds: number): string {
  if (milliseconds === Infinity) return 'for ever';
  const size = Math.abs(milliseconds);
  if (size > 0 && size < 0.1) return `${numberText(milliseconds * 1000)} µs`;
  if (size < 999.5) return `${numberText(milliseconds)} ms`;
  return `${numberText(milliseconds / 1000)} s`;
}

/** A moment of the run, to a tenth of a second: `60 s`, `61.5 s`. */
export function momentText(milliseconds: number): string {
  return `${Number((milliseconds / 1000).toFixed(1))} s`;
}

/**
 * A share with as many decimals as it takes to see how far it is from all or nothing: `41 %`,
 * `99.93 %`.
 */
export function shareText(share: number): string {
  const percent = share * 100;
  const distance = Math.min(Math.abs(percent), Math.abs(100 - percent));
  if (distance === 0) return `${percent} %`;
  // Four decimals of a percent are one in a million: no run here can tell finer.
  const decimals = Math.min(4, Math.max(0, 1 - Math.floor(Math.log10(distance))));
  const rounded = percent.toFixed(distance >= 10 ? 0 : decimals);
  return `${Number(rounded)} %`;
}

/** A share where only its size matters: `100 %`, `41 %`, `1.2 %`. */
export function roughShareText(share: number): string {
  const percent = share * 100;
  return `${Number(percent.toPrecision(percent >= 99.5 ? 3 : 2))} %`;
}

export function rateText(perSecond: number): string {
  return `${numberText(perSecond)}/s`;
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
