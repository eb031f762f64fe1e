import type { RunHeader } from '../../signals/run.ts';
import type { PageRun, Series } from './page-run.ts';
import { ReplicaColumns } from './replica-columns.ts';
import { coarseTimes } from './times.ts';

/** A series that grows. */
interface Growing extends Series {
  readonly numbers: Record<string, number[]>;
  readonly counts: Record<string, Record<string, number[]>>;
  readonly times: Record<string, string[]>;
}

/**
 * Takes the intervals of a record as they stand in its lines, and turns them into columns. It runs
 * in the browser as well, on what somebody dropped there: what is no number, no counts and no
 * distribution is as if it were not there.
 */
export class PageColumns {
  readonly toMs: number[] = [];
  readonly edges: readonly Growing[];
  readonly services: readonly Growing[];
  readonly queues: readonly Growing[];
  readonly replicas: ReplicaColumns;

  constructor(header: RunHeader) {
    this.edges = header.edges.map(growing);
    this.services = header.services.map(growing);
    this.queues = header.queues.map(growing);
    this.replicas = new ReplicaColumns(header);
  }

  /** @param json an interval as in a line of a record */
  add(json: unknown): void {
    const { toMs, edges, services, queues } = objectOr(json);
    if (typeof toMs !== 'number' || toMs <= (this.toMs.at(-1) ?? 0)) return;
    const at = this.toMs.push(toMs) - 1;
    addPart(this.edges, edges, at);
    addPart(this.services, services, at);
    addPart(this.queues, queues, at);
    const { replicas } = objectOr(services);
    const lists: readonly unknown[] = Array.isArray(replicas) ? replicas : [];
    for (const service of this.services.keys()) this.replicas.add(service, at, lists[service]);
  }
}

/** What is known of a run beside its intervals. */
type Frame = Omit<PageRun, 'toMs' | 'edges' | 'services' | 'queues' | 'replicas'>;

export function pageRun(
  frame: Frame,
  { toMs, edges, services, queues, replicas }: PageColumns,
): PageRun {
  return { ...frame, toMs: [...toMs], edges, services, queues, replicas };
}

function growing(): Growing {
  return { numbers: {}, counts: {}, times: {} };
}

function objectOr(json: unknown): Readonly<Record<string, unknown>> {
  const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
  return isObject ? (json as Record<string, unknown>) : {};
}

/** A field that is left out of a line has its usual value, which is 0 but for these. */
const usually: Readonly<Record<string, number>> = { budgetLeft: -1, utilisation: -1 };

function addPart(parts: readonly Growing[], json: unknown, at: number): void {
  const lists = objectOr(json);
  for (const [index, series] of parts.entries()) {
    for (const [field, values] of Object.entries(lists)) {
      if (Array.isArray(values)) addValue(series, field, values[index], at);
    }
    for (const list of everyList(series)) fill(list, at + 1);
  }
}

function addValue(series: Growing, field: string, value: unknown, at: number): void {
  if (typeof value === 'number') {
    const blank = usually[field] ?? 0;
    if (value !== blank || field in series.numbers)
      put(series.numbers, field, short(value), at, blank);
  } else if (typeof value === 'string') {
    if (value !== '') put(series.times, field, coarseTimes(value), at, '');
  } else if (Array.isArray(value)) {
    if (field === 'replicas') addSpread(series, value, at);
    else if (field === 'publishedBy')
      addCounts(series, field, Object.fromEntries(value.entries()), at);
  } else {
    addCounts(series, field, objectOr(value), at);
  }
}

function addCounts(
  series: Growing,
  field: string,
  counts: Readonly<Record<string, unknown>>,
  at: number,
): void {
  for (const [reason, count] of Object.entries(counts)) {
    if (typeof count === 'number') put((series.counts[field] ??= {}), reason, count, at, 0);
  }
}

/** Of the replicas, how far they are apart: there is no room for each of a hundred. */
function addSpread(series: Growing, replicas: readonly unknown[], at: number): void {
  const means = replicas.flatMap((replica) => {
    const [served, meanMs] = Array.isArray(replica) ? (replica as unknown[]) : [];
    return typeof meanMs === 'number' && Number(served) > 0 ? [meanMs] : [];
  });
  if (means.length === 0) return;
  put(series.numbers, 'slowestMs', short(Math.max(...means)), at, 0);
  put(series.numbers, 'fastestMs', short(Math.min(...means)), at, 0);
}

function put<Value>(
  columns: Record<string, Value[]>,
  field: string,
  value: Value,
  at: number,
  blank: Value,
): void {
  // A name such as `__proto__` is one like any other.
  if (!Object.hasOwn(columns, field)) {
    Object.defineProperty(columns, field, { value: [], enumerable: true, writable: true });
  }
  const list = columns[field]!;
  while (list.length < at) list.push(blank);
  list[at] = value;
}

function everyList(series: Growing): readonly (readonly [unknown[], unknown])[] {
  return [
    ...Object.entries(series.numbers).map(([field, list]): [unknown[], unknown] => [
      list,
      usually[field] ?? 0,
    ]),
    ...Object.values(series.counts).flatMap((reasons) =>
      Object.values(reasons).map((list): [unknown[], unknown] => [list, 0]),
    ),
    ...Object.values(series.times).map((list): [unknown[], unknown] => [list, '']),
  ];
}

function fill([list, blank]: readonly [unknown[], unknown], length: number): void {
  while (list.length < length) list.push(blank);
}

/** A chart of a thousand pixels shows three digits. */
function short(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(4));
}
