/** The middle of the values; the mean of the middle two of an even number. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Lowest and highest, as a share of the median: how far the rounds lie apart. */
export function spread(values: readonly number[]): string {
  const middle = median(values);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return `${Math.round((low / middle) * 100)}..${Math.round((high / middle) * 100)} %`;
}

/** Three significant digits, with thousands grouped. */
export function short(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en');
}

/** A ratio, from whichever side reads better: `2.5 x`, or `1/7.7 x`. */
export function times(ratio: number): string {
  return ratio >= 1 ? `${short(ratio)} x` : `1/${short(1 / ratio)} x`;
}

/** Rows under a title, columns aligned: the first to the left, the others to the right. */
export function table(title: string, rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
      )
      .join('   '),
  );
  return `\n${title}\n\n${lines.map((line) => `  ${line}`.trimEnd()).join('\n')}\n`;
}
