import type { Edge, Service } from '../../model/model.ts';

/**
 * The path of something under an edge's entry, as the file writes it: `calls."web ->
 * payments".retry.budget`.
 */
export function callPath(edge: Edge, rest: string): string {
  return `calls."${edge.name}".${rest}`;
}

export function servicePath(service: Service, rest: string): string {
  return `services.${service.name}.${rest}`;
}

/** A duration as a file has it: `213ms`, `1.5s`. */
export function fileDuration(milliseconds: number): string {
  if (milliseconds >= 1000) return `${Number((milliseconds / 1000).toPrecision(3))}s`;
  return `${Number(milliseconds.toPrecision(3))}ms`;
}

/**
 * Two significant digits, not above the value: limits that are suggested look like limits that
 * people write.
 */
export function roundedDown(value: number): number {
  if (value <= 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.floor(value / unit + 1e-9) * unit).toPrecision(2));
}

/** Two significant digits, not below the value. */
export function roundedUp(value: number): number {
  if (value <= 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.ceil(value / unit - 1e-9) * unit).toPrecision(2));
}

/** An entry of the file that is a number, where `Infinity` is written as a word. */
export function fileCount(count: number): string {
  return count === Infinity ? 'unlimited' : String(count);
}
