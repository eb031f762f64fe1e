import type { FileEdit, FileValue } from '../../model/edit/file-edit.ts';
import type { Edge, Service } from '../../model/model.ts';
import type { SuggestedChange } from '../verdict.ts';

/** A change of one setting. */
export function changeOf(path: FileEdit['path'], value: FileValue, why: string): SuggestedChange {
  return { edits: [{ path, value }], why };
}

/** What there is of these, in their order, for a finding that has changes to try. */
export function changesOf(
  ...changes: readonly (SuggestedChange | undefined)[]
): readonly SuggestedChange[] {
  return changes.filter((change) => change !== undefined);
}

/** The place of a setting under an edge's entry: `retry.budget`. */
export function callPath(edge: Edge, setting: string): FileEdit['path'] {
  return ['calls', edge.name, ...setting.split('.')];
}

/** The place of a setting under a service's entry: `queue.limit`. */
export function servicePath(service: Service, setting: string): FileEdit['path'] {
  return ['services', service.name, ...setting.split('.')];
}

/** The mean of the calm before, or of the time itself where the calm has none: it is NaN then. */
export function calmMean(calm: number | undefined, during: number): number {
  return calm === undefined || Number.isNaN(calm) ? during : calm;
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

/** The same for what is counted: slots and places are whole. */
export function countedDown(value: number): number {
  return Math.floor(roundedDown(value));
}

/** The same for what is counted, not below the value. */
export function countedUp(value: number): number {
  return Math.ceil(roundedUp(value));
}
