import type { ExpectationRow } from '../judge/expectations.ts';
import type { Colours } from './colours.ts';
import { type Column, line } from './columns.ts';
import { widthOf } from './width.ts';

/** Below the name of their file. */
const indent = '  ';

/** What a row is about, and what is expected: a range takes the room that a short name leaves. */
const statedWidth = 40;

const columns: readonly Column[] = [
  { width: statedWidth, align: 'left' },
  { width: 11, align: 'right' },
  { width: 14, align: 'left' },
  { width: 9, align: 'right' },
  { width: 4, align: 'right' },
];

/** The head of the table of expected and observed values. */
export function fidelityHead(colours: Colours): string {
  const stated = 'expected'.padStart(statedWidth);
  const head = line([stated, 'observed', ' ± std error', 'deviates', ''], columns);
  return colours.quiet(indent + head);
}

/**
 * One expectation: what, expected, observed with its standard error, the deviation, and whether
 * that is in bounds.
 */
export function fidelityRow(row: ExpectationRow, colours: Colours): string {
  const { observed, standardError, deviation, ok, note } = row;
  const above = [...statedLines(whatOf(row), row.expected)];
  const stated = above.pop() ?? '';
  const numbers = line(
    [
      stated,
      observed,
      standardError === undefined ? '' : ` ± ${standardError}`,
      deviation ?? 'range',
      ok ? { text: 'ok', paint: colours.good } : { text: 'OUT', paint: colours.bad },
    ],
    columns,
  );
  const lines = [...above, numbers].map((each) => indent + each);
  if (!ok) lines.push(`    ${note === undefined ? row.source : `${note}; ${row.source}`}`);
  return lines.join('\n');
}

/** On one line where both fit, else the name above. */
function statedLines(what: string, expected: string): readonly string[] {
  const gap = statedWidth - widthOf(what) - widthOf(expected);
  return gap > 0 ? [what + ' '.repeat(gap) + expected] : [what, expected.padStart(statedWidth)];
}

/** The statement without its value, which has a column of its own; and where it holds. */
function whatOf({ text, scenario, environment }: ExpectationRow): string {
  const subject = text.replace(/ = \S+/, '');
  const where = [scenario, environment].filter((each) => each !== undefined).join(' + ');
  return where === '' ? subject : `${where}: ${subject}`;
}
