/** A row of data, by column. */
export type DataRow = Readonly<Record<string, string>>;

/** A file of rows that cannot be read. */
export class RowsError extends Error {
  /** What would be right. */
  readonly expected: string;

  constructor(file: string, line: number, what: string, expected: string) {
    super(`${file}:${line}: ${what}`);
    this.expected = expected;
    this.name = 'RowsError';
  }
}

/**
 * The rows of a file: objects, one a line, where it ends with `.ndjson` or `.jsonl`; else values
 * with commas between them, the first line with the names of the columns (RFC 4180).
 *
 * @throws RowsError that says where it is not so
 */
export function readRows(text: string, file: string): readonly DataRow[] {
  const rows = /\.(ndjson|jsonl)$/i.test(file) ? jsonRows(text, file) : csvRows(text, file);
  if (rows.length > 0) return rows;
  throw new RowsError(file, 1, 'no rows', 'at least one');
}

function jsonRows(text: string, file: string): readonly DataRow[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    return [jsonRow(line, file, index + 1)];
  });
}

function jsonRow(text: string, file: string, line: number): DataRow {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new RowsError(file, line, 'no JSON', (error as Error).message);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RowsError(file, line, 'not an object', 'such as {"user":"ann","age":7}');
  }
  const entries = Object.entries(value).map(([column, cell]) => {
    const plain = typeof cell === 'string' ? cell : JSON.stringify(cell);
    return [column, plain] as const;
  });
  return Object.fromEntries(entries);
}

function csvRows(text: string, file: string): readonly DataRow[] {
  const [head, ...records] = csvRecords(text.replace(/^\uFEFF/, ''), file);
  if (head === undefined) return [];
  return records.map(({ line, cells }) => {
    if (cells.length !== head.cells.length) {
      const expected = `${head.cells.length}, as in line 1`;
      throw new RowsError(file, line, `${cells.length} values`, expected);
    }
    return Object.fromEntries(head.cells.map((column, index) => [column.trim(), cells[index]!]));
  });
}

interface CsvRecord {
  /** Where it begins. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** One value, and what follows it: a comma, the end of the line, or the end of the text. */
const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

function csvRecords(text: string, file: string): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  let cells: string[] = [];
  let line = 1;
  let firstLine = 1;
  for (let at = 0; at < text.length || cells.length > 0;) {
    cell.lastIndex = at;
    const match = cell.exec(text);
    if (match === null) {
      throw new RowsError(file, line, 'a quote out of place', 'write "say ""so""", all in quotes');
    }
    const [all, quoted, plain, end] = match;
    cells.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    at += all.length;
    line += all.split('\n').length - 1;
    if (end === ',') continue;
    // A line with nothing in it is no row.
    if (cells.length > 1 || cells[0] !== '') records.push({ line: firstLine, cells });
    cells = [];
    firstLine = line;
  }
  return records;
}
