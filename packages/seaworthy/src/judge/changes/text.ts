import type { FileValue } from '../../model/edit/file-edit.ts';
import { formatPath } from '../../model/problems.ts';
import type { Change } from '../verdict.ts';

/** A change in one line: `calls."web -> payments".retry.attempts = 2`. */
export function changeText({ edits }: Pick<Change, 'edits'>): string {
  return edits.map(({ path, value }) => `${formatPath(path)} = ${valueText(value)}`).join(', ');
}

/** The same edits are the same change, whoever suggests them and for what reason. */
export function isSame(left: Change, right: Change): boolean {
  return JSON.stringify(left.edits) === JSON.stringify(right.edits);
}

/** A value on one line, as the file has it. */
export function valueText(value: FileValue | null): string {
  if (value === null) return 'none';
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return `[${value.map(valueText).join(', ')}]`;
  const entries = Object.entries(value).map(([key, inner]) => `${key}: ${valueText(inner)}`);
  return `{ ${entries.join(', ')} }`;
}

function isList(value: FileValue): value is readonly FileValue[] {
  return Array.isArray(value);
}
