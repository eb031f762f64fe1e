import { Histogram } from '../../signals/histogram.ts';
import type {
  EdgeSample,
  Interval,
  QueueSample,
  RowsSample,
  Run,
  ServiceSample,
} from '../../signals/run.ts';

/**
 * A run as plain data, so that it survives the way between threads: a histogram is its list of
 * filled buckets, as a typed array, which is cloned in a fraction of the time.
 */
export type PortableRun = Portable<Run>;

type Portable<Value> = Value extends Histogram
  ? Float64Array
  : Value extends string | number | undefined
    ? Value
    : { readonly [Key in keyof Value]: Portable<Value[Key]> };

export function toPortable(run: Run): PortableRun {
  return {
    ...run,
    intervals: run.intervals.map((interval) => ({
      ...interval,
      edges: interval.edges.map((sample) => ({
        ...sample,
        latency: Float64Array.from(sample.latency.toSparse()),
        latencyFailed: Float64Array.from(sample.latencyFailed.toSparse()),
        wait: Float64Array.from(sample.wait.toSparse()),
      })),
      services: interval.services.map((sample) => ({
        ...sample,
        wait: Float64Array.from(sample.wait.toSparse()),
        serviceTime: Float64Array.from(sample.serviceTime.toSparse()),
      })),
      queues: interval.queues.map((sample) => ({
        ...sample,
        latency: Float64Array.from(sample.latency.toSparse()),
      })),
      rows: interval.rows.map((sample) => ({
        ...sample,
        wait: Float64Array.from(sample.wait.toSparse()),
      })),
    })),
  };
}

export function fromPortable(run: PortableRun): Run {
  return { ...run, intervals: run.intervals.map(intervalFrom) };
}

function intervalFrom(interval: Portable<Interval>): Interval {
  return {
    ...interval,
    edges: interval.edges.map(edgeFrom),
    services: interval.services.map(serviceFrom),
    queues: interval.queues.map(queueFrom),
    rows: interval.rows.map(rowsFrom),
  };
}

function edgeFrom(sample: Portable<EdgeSample>): EdgeSample {
  return {
    ...sample,
    latency: Histogram.fromSparse(sample.latency),
    latencyFailed: Histogram.fromSparse(sample.latencyFailed),
    wait: Histogram.fromSparse(sample.wait),
  };
}

function serviceFrom(sample: Portable<ServiceSample>): ServiceSample {
  return {
    ...sample,
    wait: Histogram.fromSparse(sample.wait),
    serviceTime: Histogram.fromSparse(sample.serviceTime),
  };
}

function queueFrom(sample: Portable<QueueSample>): QueueSample {
  return { ...sample, latency: Histogram.fromSparse(sample.latency) };
}

function rowsFrom(sample: Portable<RowsSample>): RowsSample {
  return { ...sample, wait: Histogram.fromSparse(sample.wait) };
}
