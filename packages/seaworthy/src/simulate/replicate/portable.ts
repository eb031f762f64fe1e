import type { Histogram } from '../../signals/histogram.ts';
import type {
  EdgeSample,
  Interval,
  QueueSample,
  RowsSample,
  Run,
  ServiceSample,
} from '../../signals/run.ts';
import { histogramAt, HistogramPacker, type PackedHistograms } from './packed-histograms.ts';

/**
 * A run as plain data, so that it survives the way between threads: where it has a histogram stands
 * the place of it among all of them, which travel apart.
 */
export interface PortableRun {
  readonly run: Portable<Run>;
  readonly histograms: PackedHistograms;
}

type Portable<Value> = Value extends Histogram
  ? number
  : Value extends string | number | undefined
    ? Value
    : { readonly [Key in keyof Value]: Portable<Value[Key]> };

export function toPortable(run: Run): PortableRun {
  const packer = new HistogramPacker();
  const add = (histogram: Histogram): number => packer.add(histogram);
  const intervals = run.intervals.map((interval) => ({
    ...interval,
    edges: interval.edges.map((sample) => ({
      ...sample,
      latency: add(sample.latency),
      latencyFailed: add(sample.latencyFailed),
      wait: add(sample.wait),
    })),
    services: interval.services.map((sample) => ({
      ...sample,
      wait: add(sample.wait),
      serviceTime: add(sample.serviceTime),
    })),
    queues: interval.queues.map((sample) => ({ ...sample, latency: add(sample.latency) })),
    rows: interval.rows.map((sample) => ({ ...sample, wait: add(sample.wait) })),
  }));
  return { run: { ...run, intervals }, histograms: packer.finish() };
}

export function fromPortable({ run, histograms }: PortableRun): Run {
  const at = (place: number): Histogram => histogramAt(histograms, place);
  return { ...run, intervals: run.intervals.map((interval) => intervalFrom(interval, at)) };
}

type At = (place: number) => Histogram;

function intervalFrom(interval: Portable<Interval>, at: At): Interval {
  return {
    ...interval,
    edges: interval.edges.map((sample) => edgeFrom(sample, at)),
    services: interval.services.map((sample) => serviceFrom(sample, at)),
    queues: interval.queues.map((sample) => queueFrom(sample, at)),
    rows: interval.rows.map((sample) => rowsFrom(sample, at)),
  };
}

function edgeFrom(sample: Portable<EdgeSample>, at: At): EdgeSample {
  return {
    ...sample,
    latency: at(sample.latency),
    latencyFailed: at(sample.latencyFailed),
    wait: at(sample.wait),
  };
}

function serviceFrom(sample: Portable<ServiceSample>, at: At): ServiceSample {
  return { ...sample, wait: at(sample.wait), serviceTime: at(sample.serviceTime) };
}

function queueFrom(sample: Portable<QueueSample>, at: At): QueueSample {
  return { ...sample, latency: at(sample.latency) };
}

function rowsFrom(sample: Portable<RowsSample>, at: At): RowsSample {
  return { ...sample, wait: at(sample.wait) };
}
