import type { FileOrigin } from '../../model/import/landscape.ts';
import type { Finding } from '../finding.ts';

/** Somebody knows of a finding, and lives with it until a day. */
export interface Ignore {
  readonly rule: string;
  /** What the finding is about; `*` stands for any characters. Undefined: whatever. */
  readonly subject: string | undefined;
  /** The file of the finding, likewise. */
  readonly file: string | undefined;
  readonly reason: string;
  /** `2027-03-31`: the last day on which it counts. */
  readonly until: string;
  /** Where it is said. */
  readonly at: FileOrigin;
}

/** Whether it is about this finding. Whether its time is over is another question. */
export function covers(ignore: Ignore, { rule, subject, at }: Finding): boolean {
  if (ignore.rule !== rule) return false;
  if (ignore.subject !== undefined && !matches(ignore.subject, subject)) return false;
  return ignore.file === undefined || (at !== undefined && matches(ignore.file, at.file));
}

/** Days are compared as texts: `2027-03-31`. */
export function isOver({ until }: Ignore, today: string): boolean {
  return until < today;
}

function matches(pattern: string, text: string): boolean {
  const parts = pattern.split('*');
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}
