import type { FileOrigin } from '../../model/import/landscape.ts';
import { Problems } from '../../model/problems.ts';
import type { Source } from '../../model/source/source.ts';
import { isDay } from './day.ts';
import type { Ignore } from './ignore.ts';

const mark = 'seaworthy-ignore';

const right = `write: # ${mark} RT05 until 2027-03-31: why`;

/**
 * What comments say at a place: on its line, or on the line above where nothing else stands there.
 *
 * @throws ModelError where a comment has no rule, no last day or no reason.
 */
export function ignoresAt(source: Source, place: FileOrigin): readonly Ignore[] {
  return [...ignoresIn(source, place.line), ...ignoresIn(source, place.line - 1, isOnlyComment)];
}

const always = (): boolean => true;

function ignoresIn(
  source: Source,
  line: number,
  counts: (text: string) => boolean = always,
): readonly Ignore[] {
  if (line < 1) return [];
  const text = source.line(line);
  const found = text.indexOf(mark);
  if (found < 0 || !counts(text)) return [];
  const match = /^\s+(\S.*?)\s+until\s+(\S+?):\s*(\S.*?)\s*(?:-->|\*\/)?\s*$/.exec(
    text.slice(found + mark.length),
  );
  const [, rules = '', until = '', reason = ''] = match ?? [];
  if (match === null || !isDay(until)) {
    const problems = new Problems(source);
    const message =
      match === null ? 'an ignore needs a rule, a last day and a reason' : 'not a day';
    const at = match === null ? found : text.indexOf(until, found);
    const offset = source.offset(line) + at;
    problems.add(
      { offset, length: match === null ? mark.length : until.length },
      [],
      message,
      right,
    );
    problems.throwIfAny();
  }
  const at: FileOrigin = { kind: 'file', file: source.fileName, line, column: found + 1 };
  return rules.split(/[\s,]+/).map((rule) => {
    return { rule, subject: undefined, file: undefined, reason, until, at };
  });
}

/** It begins as comments do in the formats that are read. */
function isOnlyComment(text: string): boolean {
  return /^\s*(#|\/\/|\/\*|;|--|<!--)/.test(text);
}
