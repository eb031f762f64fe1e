import type { Colours } from '../colours.ts';
import { type Cell, type Column, line, namedRow } from '../columns.ts';

/** What every section needs to know beside the trial. */
export interface Page {
  readonly colours: Colours;
  /** Also what is calm. */
  readonly all: boolean;
}

/** A heading, its rows, and an empty line before them; nothing at all where there are no rows. */
export function section(
  page: Page,
  heading: readonly string[],
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  if (rows.length === 0) return [];
  const [title = '', ...others] = heading;
  const cells: Cell[] = [
    { text: title, paint: page.colours.strong },
    ...others.map((text) => ({ text, paint: page.colours.quiet })),
  ];
  return ['', line(cells, columns), ...rows.flat()];
}

/** The rows of a table: the first column holds names. */
export function tableRows(
  rows: readonly (readonly (Cell | string)[])[],
  columns: readonly Column[],
): readonly (readonly string[])[] {
  return rows.map((cells) => namedRow(cells, columns));
}

/** A first column for names and `count` columns of `width` for numerals. */
export function numericColumns(name: number, count: number, width: number): readonly Column[] {
  const numerals: Column[] = Array.from({ length: count }, () => ({ width, align: 'right' }));
  return [{ width: name, align: 'left' }, ...numerals];
}

/** The width of the labels of lists that are no tables. */
export const labelWidth = 11;

/** A label and the lines that belong to it. Nothing where there are no lines. */
export function labelled(page: Page, label: string, lines: readonly string[]): readonly string[] {
  return lines.map((text, index) => {
    const before = (index === 0 ? label : '').padEnd(labelWidth);
    return page.colours.quiet(before) + text;
  });
}
