/**
 * A number in at most three significant digits, with separators for thousands: 0.0123, 1.09, 12.3,
 * 1,234.
 */
export function numberText(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return wholeText(Math.round(value));
  if (size === 0) return '0';
  return String(Number(value.toPrecision(3)));
}

/**
 * A whole number with separators for thousands. `toLocaleString` would first load its tables: 20 ms
 * of each command.
 */
export function wholeText(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** How many, with its noun: `1 replication`, `5 replications`. */
export function countText(count: number, noun: string): string {
  return `${wholeText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A time span in the unit that reads best: `40 µs`, `0.4 ms`, `412 ms`, `1.24 s`, `150 s`. */
export function durationText(milliseconds: number): string {
  if (milliseconds === Infinity) return 'for ever';
  const size = Math.abs(milliseconds);
  if (size > 0 && size < 0.1) return `${numberText(milliseconds * 1000)} µs`;
  if (size < 999.5) return `${numberText(milliseconds)} ms`;
  return `${numberText(milliseconds / 1000)} s`;
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

export function rateText(perSecond: number): string {
  return `${numberText(perSecond)}/s`;
}
