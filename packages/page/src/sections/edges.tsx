import { signal } from '@preact/signals';

import { edgeRows, type EdgeRow } from '../data/table.ts';
import { durationText, numberText, type PageRun, rateText, shareText } from '../seaworthy.ts';
import { counted, everything, focus, sorting } from '../state/view.ts';
import { text } from '../text/english.ts';
import { CopyButton } from './copy-button.tsx';
import { Section } from './section.tsx';

interface Column {
  readonly key: keyof EdgeRow;
  readonly name: string;
  readonly cell: (row: EdgeRow) => string;
}

const words = text.edges;
const share = (value: number): string => (Number.isNaN(value) ? '–' : shareText(value));
const time = (ms: number | undefined): string => (ms === undefined ? '–' : durationText(ms));

const columns: readonly Column[] = [
  { key: 'offeredPerSecond', name: words.offered, cell: (row) => rateText(row.offeredPerSecond) },
  {
    key: 'effective',
    name: words.effective,
    cell: (row) => share(row.effective),
  },
  { key: 'actual', name: words.actual, cell: (row) => share(row.actual) },
  {
    key: 'attemptsPerTask',
    name: words.attempts,
    cell: (row) => (Number.isFinite(row.attemptsPerTask) ? numberText(row.attemptsPerTask) : '–'),
  },
  { key: 'p50', name: words.p50, cell: (row) => time(row.p50) },
  { key: 'p99', name: words.p99, cell: (row) => time(row.p99) },
  { key: 'p999', name: words.p999, cell: (row) => time(row.p999) },
  { key: 'waitP99', name: words.wait, cell: (row) => time(row.waitP99) },
  { key: 'rejected', name: words.rejected, cell: (row) => share(row.rejected) },
  { key: 'fallback', name: words.fallback, cell: (row) => share(row.fallback) },
  {
    key: 'inFlightMax',
    name: words.inFlight,
    cell: (row) =>
      numberText(row.inFlightMax) + (row.limit > 0 ? ` / ${numberText(row.limit)}` : ''),
  },
];

/** More rows than this are asked for; those that are worth a look come first. */
const ROWS_MAX = 20;
const unfolded = signal(false);

/** All calls in the chosen part of the run, edge by edge. */
export function Edges({ run }: { readonly run: PageRun }) {
  const { fromMs, toMs } = counted.value;
  const rows = sorted(edgeRows(run, { fromMs, toMs }));
  const drawn = unfolded.value ? rows : rows.slice(0, ROWS_MAX);
  return (
    <Section
      id="edges"
      title={text.sections.edges}
      aside={<CopyButton label={words.copy} content={csv(rows)} />}
    >
      <div class="scroll" tabIndex={0} role="group" aria-labelledby="edges-title">
        <table class="edges">
          <thead>
            <tr>
              <th scope="col">{words.call}</th>
              {columns.map((column) => (
                <Head key={column.key} column={column} />
              ))}
            </tr>
          </thead>
          <tbody>
            {drawn.map((row) => (
              <Row key={row.name} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {drawn.length < rows.length && (
        <button type="button" onClick={() => (unfolded.value = true)}>
          {words.more(rows.length - drawn.length)}
        </button>
      )}
      <p class="note">{words.inSpan(fromMs, toMs)}</p>
    </Section>
  );
}

function Head({ column }: { readonly column: Column }) {
  const { value } = sorting;
  const isSorted = value?.key === column.key;
  const sort = (): void => {
    sorting.value = { key: column.key, down: isSorted ? !value.down : true };
  };
  const order = isSorted ? (value.down ? 'descending' : 'ascending') : 'none';
  return (
    <th scope="col" aria-sort={order}>
      <button type="button" onClick={sort}>
        {column.name}
      </button>
    </th>
  );
}

function Row({ row }: { readonly row: EdgeRow }) {
  const { value } = focus;
  const isChosen = value.kind === 'edge' && value.name === row.name;
  const choose = (): void => {
    focus.value = isChosen ? everything : { kind: 'edge', name: row.name };
  };
  return (
    <tr data-chosen={isChosen}>
      <th scope="row">
        <button type="button" class="link" aria-pressed={isChosen} onClick={choose}>
          {row.name}
        </button>
      </th>
      {columns.map((column) => (
        <td key={column.key} data-bad={isBad(column.key, row)}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

/** What is worth a look: fewer than half succeed, or a fifth more attempts than tasks. */
function isBad(key: keyof EdgeRow, row: EdgeRow): boolean {
  if (key === 'effective' || key === 'actual') return row[key] < 0.5;
  return key === 'attemptsPerTask' && row.attemptsPerTask > 1.2;
}

function sorted(rows: readonly EdgeRow[]): readonly EdgeRow[] {
  const { value } = sorting;
  // An address may name any column.
  const column = columns.find(({ key }) => key === value?.key);
  if (value === undefined || column === undefined) {
    if (rows.length <= ROWS_MAX) return rows;
    const isNotable = (row: EdgeRow): boolean => columns.some(({ key }) => isBad(key, row));
    return rows.toSorted((left, right) => Number(isNotable(right)) - Number(isNotable(left)));
  }
  const of = (row: EdgeRow): number => Number(row[column.key] ?? -1);
  const up = rows.toSorted((left, right) => of(left) - of(right));
  return value.down ? up.toReversed() : up;
}

function csv(rows: readonly EdgeRow[]): string {
  const head = ['call', ...columns.map(({ key }) => key)].join(',');
  const lines = rows.map((row) =>
    [quoted(row.name), ...columns.map(({ key }) => String(row[key] ?? ''))].join(','),
  );
  return `${[head, ...lines].join('\n')}\n`;
}

/** A spreadsheet would run what begins with `=`: a name may not. */
function quoted(name: string): string {
  const plain = name.replaceAll('"', '""');
  return `"${/^[=+\-@]/.test(plain) ? `'${plain}` : plain}"`;
}
