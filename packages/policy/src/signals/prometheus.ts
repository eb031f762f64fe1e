/**
 * What policies do, as a page that Prometheus reads.
 *
 * @packageDocumentation
 */
import type { Observe } from '../promise/observer.ts';
import { gauges, Watched } from './gauges.ts';
import type { Labels } from './labels.ts';
import { counters, histograms, metricsInto } from './metrics.ts';
import type { CounterName, HistogramName, MetricSink } from './metrics.ts';
import { bucketBoundsSeconds } from './outcome.ts';

/** What a handler of `node:http`, Express and their like is given, as far as it is needed. */
export interface TextResponse {
  /** Sets one header of the response. */
  setHeader(name: string, value: string): unknown;
  /** Sends the body, and ends the response. */
  end(text: string): unknown;
}

/** Of one series: values in each bucket, the last for all beyond the bounds, and their sum. */
interface Histogram {
  readonly counts: Float64Array;
  sum: number;
}

/**
 * The metrics of policies in the text format of Prometheus, version 0.0.4.
 *
 *     const metrics = new PrometheusMetrics();
 *     const payments = policy({ name: 'payments', observer: metrics.observe });
 *     createServer(metrics.listener).listen(9464);
 */
export class PrometheusMetrics {
  /** For the `observer` of each policy. */
  readonly observe: Observe;
  /** The media type of {@link text}. */
  readonly contentType: string = 'text/plain; version=0.0.4; charset=utf-8';
  private readonly counts: Map<CounterName, Map<Labels, number>> = new Map();
  private readonly times: Map<HistogramName, Map<Labels, Histogram>> = new Map();
  private readonly watched: Watched = new Watched();

  constructor() {
    const sink: MetricSink = {
      count: (name, labels) => this.count(name, labels),
      record: (name, seconds, labels) => this.record(name, seconds, labels),
      watch: (policy, name) => this.watched.add(policy, name),
    };
    this.observe = metricsInto(sink);
    for (const name of Object.keys(counters)) this.counts.set(name as CounterName, new Map());
    for (const name of Object.keys(histograms)) this.times.set(name as HistogramName, new Map());
  }

  /** Answers a request of `node:http`, or of what hands on its response, with the metrics. */
  readonly listener = (_request: unknown, response: TextResponse): void => {
    response.setHeader('content-type', this.contentType);
    response.end(this.text());
  };

  /** All metrics, as Prometheus reads them. */
  text(): string {
    const lines: string[] = [];
    for (const [name, series] of this.counts) {
      describe(lines, `seaworthy_${name}_total`, counters[name], 'counter', series.size);
      for (const [labels, count] of series) {
        lines.push(`seaworthy_${name}_total${labelText(labels)} ${count}`);
      }
    }
    for (const [name, series] of this.times) {
      describe(lines, `seaworthy_${name}_seconds`, histograms[name], 'histogram', series.size);
      for (const [labels, histogram] of series) {
        writeHistogram(lines, `seaworthy_${name}_seconds`, labels, histogram);
      }
    }
    for (const [name, values] of this.watched.read()) {
      describe(lines, `seaworthy_${name}`, gauges[name]!.means, 'gauge', values.size);
      for (const [policy, value] of values) {
        lines.push(`seaworthy_${name}${labelText({ policy })} ${value}`);
      }
    }
    return `${lines.join('\n')}\n`;
  }

  private count(name: CounterName, labels: Labels): void {
    const series = this.counts.get(name)!;
    series.set(labels, (series.get(labels) ?? 0) + 1);
  }

  private record(name: HistogramName, seconds: number, labels: Labels): void {
    const series = this.times.get(name)!;
    let histogram = series.get(labels);
    if (histogram === undefined) {
      histogram = { counts: new Float64Array(bucketBoundsSeconds.length + 1), sum: 0 };
      series.set(labels, histogram);
    }
    const found = bucketBoundsSeconds.findIndex((bound) => seconds <= bound);
    const bucket = found < 0 ? bucketBoundsSeconds.length : found;
    histogram.counts[bucket]!++;
    histogram.sum += seconds;
  }
}

/** Nothing is said of a metric that has no series. */
function describe(lines: string[], name: string, means: string, type: string, size: number): void {
  if (size > 0) lines.push(`# HELP ${name} ${means}`, `# TYPE ${name} ${type}`);
}

function writeHistogram(lines: string[], name: string, labels: Labels, of: Histogram): void {
  let total = 0;
  for (const [index, count] of of.counts.entries()) {
    total += count;
    const le = String(bucketBoundsSeconds[index] ?? '+Inf');
    lines.push(`${name}_bucket${labelText({ ...labels, le })} ${total}`);
  }
  lines.push(`${name}_sum${labelText(labels)} ${of.sum}`);
  lines.push(`${name}_count${labelText(labels)} ${total}`);
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n' };

/** The names are our own; the values may be anything. */
function labelText(labels: Readonly<Record<string, string>>): string {
  const parts = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replaceAll(/[\\"\n]/g, (sign) => escapes[sign]!)}"`,
  );
  return `{${parts.join(',')}}`;
}
