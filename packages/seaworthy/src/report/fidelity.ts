import type { ExpectationRow } from '../judge/expectations.ts';
import type { Colours } from './colours.ts';
import { type Column, line } from './columns.ts';

/** Wider than other reports: a row is worth most when it stands on one line. */
const columns: readonly Column[] = [
  { width: 2, align: 'left' },
  { width: 58, align: 'left' },
  { width: 17, align: 'right' },
  { width: 13, align: 'right' },
  { width: 16, align: 'left' },
  { width: 9, align: 'right' },
  { width: 5, align: 'right' },
];

/** The head of the table of expected and observed values. */
export function fidelityHead(colours: Colours): string {
  return colours.quiet(
    line(['', '', 'expected', 'observed', ' ± std error', 'deviates', ''], columns),
  );
}

/**
 * One expectation: what, expected, observed with its standard error, the deviation, and whether
 * that is in bounds.
 */
export function fidelityRow(row: ExpectationRow, colours: Colours): string {
  const { expected, observed, standardError, deviation, ok, note } = row;
  const numbers = line(
    [
      '',
      whatOf(row),
      expected,
      observed,
      standardError === undefined ? '' : ` ± ${standardError}`,
      deviation ?? 'range',
      ok ? { text: 'ok', paint: colours.good } : { text: 'OUT', paint: colours.bad },
    ],
    columns,
  );
  if (ok) return numbers;
  const why = note === undefined ? row.source : `${note}; ${row.source}`;
  return `${numbers}\n    ${why}`;
}

/** The statement without its value, which has a column of its own; and where it holds. */
function whatOf({ text, scenario, environment }: ExpectationRow): string {
  const subject = text.replace(/ = \S+/, '');
  const where = [scenario, environment].filter((each) => each !== undefined).join(' + ');
  return where === '' ? subject : `${where}: ${subject}`;
}
