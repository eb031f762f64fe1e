import { prefix, type Series } from './series.ts';

/** What one resource (a process) says of its policies. */
export interface OtlpResource {
  /** `service.name` and `service.instance.id`; empty where it says neither. */
  readonly service: string;
  readonly instance: string;
  readonly series: readonly (Series & { readonly isDelta: boolean })[];
}

type Json = Readonly<Record<string, unknown>>;

/**
 * The metrics of policies in an ExportMetricsServiceRequest of OTLP in JSON. Of what it does not
 * know it takes nothing.
 *
 * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export function resourcesOf(request: unknown): readonly OtlpResource[] {
  return items(object(request)['resourceMetrics']).map((resource) => {
    const attributes = attributesOf(object(resource['resource'])['attributes']);
    return {
      service: attributes['service.name'] ?? '',
      instance: attributes['service.instance.id'] ?? '',
      series: items(resource['scopeMetrics'])
        .flatMap((scope) => items(scope['metrics']))
        .flatMap(seriesOf),
    };
  });
}

function seriesOf(metric: Json): OtlpResource['series'] {
  const written = metric['name'];
  if (typeof written !== 'string' || !prefix.test(written)) return [];
  const name = written.replace(prefix, '');
  const found: (Series & { isDelta: boolean })[] = [];
  for (const kind of ['sum', 'gauge', 'histogram']) {
    const data = object(metric[kind]);
    const isDelta = isDeltaOf(data['aggregationTemporality']);
    for (const point of items(data['dataPoints'])) {
      const labels = attributesOf(point['attributes']);
      const several = kind === 'histogram' ? bucketsOf(point) : [valueOf(point)];
      for (const { suffix, le, value } of several) {
        if (!Number.isFinite(value)) continue;
        const all = le === undefined ? labels : { ...labels, le };
        found.push({ name: name + suffix, labels: all, value, isDelta });
      }
    }
  }
  return found;
}

interface Value {
  readonly suffix: string;
  readonly le?: string;
  readonly value: number;
}

/** 64-bit integers are texts in JSON. */
function valueOf(point: Json): Value {
  return { suffix: '', value: Number(point['asDouble'] ?? point['asInt'] ?? Number.NaN) };
}

/** Cumulative, as Prometheus has them. */
function bucketsOf(point: Json): readonly Value[] {
  const counts = Array.isArray(point['bucketCounts']) ? point['bucketCounts'].map(Number) : [];
  const bounds = Array.isArray(point['explicitBounds']) ? point['explicitBounds'].map(Number) : [];
  let total = 0;
  return counts.map((count, index) => {
    total += count;
    return { suffix: '_bucket', le: String(bounds[index] ?? '+Inf'), value: total };
  });
}

/** 1 and its name are delta, 2 is cumulative. */
function isDeltaOf(temporality: unknown): boolean {
  return temporality === 1 || temporality === 'AGGREGATION_TEMPORALITY_DELTA';
}

function attributesOf(list: unknown): Readonly<Record<string, string>> {
  const pairs = items(list).flatMap(({ key, value }) => {
    const text = object(value)['stringValue'];
    return typeof key === 'string' && typeof text === 'string' ? [[key, text]] : [];
  });
  return Object.fromEntries(pairs) as Record<string, string>;
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function items(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(object) : [];
}
