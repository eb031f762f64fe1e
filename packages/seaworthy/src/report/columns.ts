import { widthOf } from './width.ts';
import { wrap } from './wrap.ts';

export type Paint = (text: string) => string;

/** What stands in one column of one line. Colour is put on after the width is known. */
export interface Cell {
  readonly text: string;
  readonly paint?: Paint;
}

export interface Column {
  readonly width: number;
  readonly align: 'left' | 'right';
}

/**
 * One line. A cell that is too long pushes the rest away: nothing is cut, nothing runs together.
 */
export function line(cells: readonly (Cell | string)[], columns: readonly Column[]): string {
  const parts = cells.map((cell, index) => {
    const { text, paint }: Cell = typeof cell === 'string' ? { text: cell } : cell;
    const column = columns[index] ?? { width: 0, align: 'left' };
    const least = column.align === 'right' && index > 0 ? 1 : 0;
    const padding = ' '.repeat(Math.max(least, column.width - widthOf(text)));
    const painted = paint === undefined || text === '' ? text : paint(text);
    return column.align === 'left' ? painted + padding : padding + painted;
  });
  return parts.join('').trimEnd();
}

/**
 * The lines of one row: a name that is too long for its column, with a space after it, stands on a
 * line of its own.
 */
export function namedRow(
  cells: readonly (Cell | string)[],
  columns: readonly Column[],
): readonly string[] {
  const [name = '', ...others] = cells;
  const text = typeof name === 'string' ? name : name.text;
  if (widthOf(text) < (columns[0]?.width ?? 0)) return [line(cells, columns)];
  const { paint }: Cell = typeof name === 'string' ? { text } : name;
  const lines = wrap(text, 0).map((each) => (paint === undefined ? each : paint(each)));
  return [...lines, line(['', ...others], columns)];
}
