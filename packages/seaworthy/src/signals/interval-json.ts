import { criticalityNames } from '@seaworthy/policy/engine';

import { column, type Columns, fromColumns, toColumns } from './columns.ts';
import { type Codec, count, counts, histogram, level, list, object, wrong } from './json-codec.ts';
import type {
  EdgeSample,
  Interval,
  QueueSample,
  RowsSample,
  RunHeader,
  ServiceSample,
  VersionSample,
} from './run.ts';

/** A count for each of some parts in their order; 0 where there is nothing to count. */
const countList: Codec<readonly number[]> = {
  toJson: (value) => (value.length === 0 ? 0 : value),
  fromJson: (json, path) =>
    json === 0
      ? []
      : list(json, path).map((one, index) => count.fromJson(one, `${path}[${index}]`)),
};

/** Of each class `[number, offered, succeeded, fallback, failed, rejected]`; 0 without classes. */
const classes: Codec<EdgeSample['classes']> = {
  toJson: (value) =>
    value.length === 0
      ? 0
      : value.map((one) => [
          one.criticality,
          one.offered,
          one.succeeded,
          one.fallback,
          one.failed,
          one.rejected,
        ]),
  fromJson: (json, path) =>
    json === 0 ? [] : list(json, path).map((one, index) => classFrom(one, `${path}[${index}]`)),
};

function classFrom(json: unknown, path: string): EdgeSample['classes'][number] {
  const numbers = list(json, path).map((value, index) =>
    count.fromJson(value, `${path}[${index}]`),
  );
  const [criticality = 0, offered = 0, succeeded = 0, fallback = 0, failed = 0, rejected = 0] =
    numbers;
  if (numbers.length !== 6 || criticality >= criticalityNames.length) {
    throw wrong(path, json, 'the number of a class and five counts');
  }
  return { criticality, offered, succeeded, fallback, failed, rejected };
}

const edgeColumns: Columns<EdgeSample> = {
  offered: column(count, 0),
  succeeded: column(count, 0),
  fallback: column(counts, 0),
  failed: column(counts, 0),
  rejected: column(counts, 0),
  attempts: column(count, 0),
  attemptsFailed: column(counts, 0),
  retries: column(count, 0),
  retriesPeak: column(count, 0),
  retriesStopped: column(counts, 0),
  hedges: column(count, 0),
  hedgesWon: column(count, 0),
  overtaken: column(count, 0),
  hedgesStopped: column(counts, 0),
  latency: column(histogram, ''),
  latencyFailed: column(histogram, ''),
  wait: column(histogram, ''),
  inFlightMean: column(level, 0),
  inFlightMax: column(count, 0),
  limit: column(level, 0),
  queueMean: column(level, 0),
  queueMax: column(count, 0),
  breakerOpenShare: column(level, 0),
  budgetLeft: column(level, -1),
  fallbackLinks: column(countList, 0),
  fallbackNormalShare: column(level, 0),
  fallbackNormalMs: column(level, 0),
  classes: column(classes, 0),
  cache: column(counts, 0),
  recomputingMax: column(count, 0),
  recomputesPeak: column(count, 0),
};

/** Of each replica `[served, serviceTimeMeanMs, arrived, failed]`. */
const replicas: Codec<ServiceSample['replicas']> = {
  toJson: (value) =>
    value.map(({ served, serviceTimeMeanMs, arrived, failed }) => [
      served,
      level.toJson(serviceTimeMeanMs),
      arrived,
      failed,
    ]),
  fromJson: (json, path) =>
    list(json, path).map((numbers, index) => {
      const at = `${path}[${index}]`;
      const [served, serviceTimeMeanMs, arrived, failed, ...more] = list(numbers, at);
      if (more.length > 0) throw wrong(at, numbers, 'four numbers');
      return {
        served: count.fromJson(served, `${at}[0]`),
        serviceTimeMeanMs: level.fromJson(serviceTimeMeanMs, `${at}[1]`),
        arrived: count.fromJson(arrived, `${at}[2]`),
        failed: count.fromJson(failed, `${at}[3]`),
      };
    }),
};

/** Of each version its numbers in this order; an empty text where there is only one. */
const versions: Codec<ServiceSample['versions']> = {
  toJson: (value) =>
    value.length === 0
      ? ''
      : value.map((version) => versionFields.map((field) => level.toJson(version[field]))),
  fromJson: (json, path) =>
    json === ''
      ? []
      : list(json, path).map((row, index) => {
          const values = list(row, `${path}[${index}]`);
          const right = `${versionFields.length} numbers`;
          if (values.length !== versionFields.length) throw wrong(`${path}[${index}]`, row, right);
          const read = versionFields.map((field, at) => {
            return [field, level.fromJson(values[at], `${path}[${index}][${at}]`)];
          });
          return Object.fromEntries(read) as VersionSample;
        }),
};

const versionFields = [
  'ready',
  'paused',
  'collections',
  'answered',
  'failed',
  'serviceTimeMeanMs',
  'serviceTimeDeviationMs',
] as const satisfies readonly (keyof VersionSample)[];

const serviceColumns: Columns<ServiceSample> = {
  arrived: column(count, 0),
  served: column(count, 0),
  failed: column(counts, 0),
  wasted: column(count, 0),
  wastedMs: column(level, 0),
  busyMs: column(level, 0),
  wait: column(histogram, ''),
  serviceTime: column(histogram, ''),
  inFlightMean: column(level, 0),
  queueMean: column(level, 0),
  queueMax: column(count, 0),
  slots: column(level, 0),
  utilisation: column(level, -1),
  // Never blank: how many replicas there are is not known without them.
  replicas: column(replicas, undefined),
  ready: column(level, 0),
  paused: column(level, 0),
  collections: column(count, 0),
  versions: column(versions, ''),
};

const queueColumns: Columns<QueueSample> = {
  published: column(count, 0),
  refused: column(count, 0),
  publishedBy: column(countList, 0),
  delivered: column(count, 0),
  redelivered: column(count, 0),
  expired: column(count, 0),
  firstFailed: column(count, 0),
  againFailed: column(count, 0),
  done: column(count, 0),
  duplicates: column(count, 0),
  deadLetters: column(count, 0),
  latency: column(histogram, ''),
  backlogMean: column(level, 0),
  backlogMax: column(count, 0),
  inWorkMean: column(level, 0),
  oldestMs: column(level, 0),
};

const rowsColumns: Columns<RowsSample> = {
  locked: column(count, 0),
  gaveUp: column(count, 0),
  wait: column(histogram, ''),
  queueMean: column(level, 0),
  queueMax: column(count, 0),
  heldMean: column(level, 0),
  writes: column(count, 0),
  conflicts: column(count, 0),
};

export function intervalToJson(interval: Interval): unknown {
  return {
    fromMs: level.toJson(interval.fromMs),
    toMs: level.toJson(interval.toMs),
    edges: toColumns(interval.edges, edgeColumns),
    services: toColumns(interval.services, serviceColumns),
    // Few systems have any.
    ...(interval.queues.length > 0 && { queues: toColumns(interval.queues, queueColumns) }),
    ...(interval.rows.length > 0 && { rows: toColumns(interval.rows, rowsColumns) }),
  };
}

/** @throws RecordError when it is no interval of a run with this header. */
export function intervalFromJson(json: unknown, header: RunHeader, path: string): Interval {
  const { fromMs, toMs, edges, services, queues = {}, rows = {} } = object(json, path);
  const edgePath = `${path}.edges`;
  const servicePath = `${path}.services`;
  return {
    fromMs: level.fromJson(fromMs, `${path}.fromMs`),
    toMs: level.fromJson(toMs, `${path}.toMs`),
    edges: fromColumns(edges, edgeColumns, header.edges.length, edgePath),
    services: fromColumns(services, serviceColumns, header.services.length, servicePath),
    queues: fromColumns(queues, queueColumns, header.queues.length, `${path}.queues`),
    rows: fromColumns(rows, rowsColumns, header.rows.length, `${path}.rows`),
  };
}
