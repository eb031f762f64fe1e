import type { Paint } from './columns.ts';

/** Points of one kind, all with the same sign. */
export interface Series {
  readonly sign: string;
  readonly paint?: Paint;
  /** `y` from 0 to 1; what is beyond is drawn at the edge. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** A place on the axis, with its label below. */
export interface Mark {
  readonly x: number;
  readonly text: string;
}

export interface PlotOptions {
  /** Of the area in which the points are. */
  readonly width: number;
  readonly height: number;
  /** Later series are drawn over earlier ones. */
  readonly series: readonly Series[];
  readonly marks: readonly Mark[];
}

const labelWidth = 7;

/** A picture of shares over sizes, on a logarithmic scale: lines of the same width. */
export function plot({ width, height, series, marks }: PlotOptions): readonly string[] {
  const xs = [
    ...series.flatMap(({ points }) => points.map(({ x }) => x)),
    ...marks.map((it) => it.x),
  ];
  const from = Math.log(Math.min(...xs));
  const to = Math.log(Math.max(...xs));
  const columnOf = (x: number): number =>
    to === from ? 0 : Math.round(((Math.log(x) - from) / (to - from)) * (width - 1));
  const rows = Array.from({ length: height }, () => Array.from({ length: width }, () => ' '));
  for (const { sign, paint, points } of series) {
    for (const { x, y } of points) {
      const row = Math.round((1 - Math.min(1, Math.max(0, y))) * (height - 1));
      rows[row]![columnOf(x)] = paint === undefined ? sign : paint(sign);
    }
  }
  const axis = Array.from({ length: width }, () => '─');
  for (const { x } of marks) axis[columnOf(x)] = '┴';
  return [
    ...rows.map((cells, row) => `${shareLabel(row, height)}┤${cells.join('').trimEnd()}`),
    `${' '.repeat(labelWidth)}└${axis.join('')}`,
    ...labels(marks, columnOf, width).map((text) => ' '.repeat(labelWidth + 1) + text),
  ];
}

/** At the top, in the middle and at the bottom. */
function shareLabel(row: number, height: number): string {
  const known = [0, (height - 1) / 2, height - 1].includes(row);
  const share = `${Math.round(100 * (1 - row / (height - 1)))} %`;
  return known ? `${share.padStart(labelWidth - 1)} ` : ' '.repeat(labelWidth);
}

/** As few lines as it takes for no label to touch another. */
function labels(
  marks: readonly Mark[],
  columnOf: (x: number) => number,
  width: number,
): readonly string[] {
  const lines: string[] = [];
  for (const { x, text } of marks.toSorted((a, b) => a.x - b.x)) {
    const column = Math.max(0, Math.min(width - text.length, columnOf(x)));
    const fits = lines.findIndex((each) => each.length < column);
    const at = fits === -1 ? lines.length : fits;
    lines[at] = (lines[at] ?? '').padEnd(column) + text;
  }
  return lines;
}
