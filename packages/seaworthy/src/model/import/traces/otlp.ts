import { z } from 'zod';

import type { Span } from './span.ts';
import { peerOf } from './span.ts';

const value = z.looseObject({
  stringValue: z.string().optional(),
  intValue: z.union([z.string(), z.number()]).optional(),
});
const attributes = z.array(z.looseObject({ key: z.string(), value: value.optional() })).default([]);
const time = z.union([z.string(), z.number()]);

const span = z.looseObject({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string().default(''),
  kind: z.union([z.string(), z.number()]).optional(),
  startTimeUnixNano: time,
  endTimeUnixNano: time,
  attributes,
  status: z.looseObject({ code: z.union([z.string(), z.number()]).optional() }).optional(),
});

/** https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
export const otlp = z.looseObject({
  resourceSpans: z.array(
    z.looseObject({
      resource: z.looseObject({ attributes }).optional(),
      scopeSpans: z.array(z.looseObject({ spans: z.array(span).default([]) })).default([]),
    }),
  ),
});

const kinds: Readonly<Record<string, Span['kind']>> = {
  '2': 'server',
  '3': 'client',
  '4': 'client',
  '5': 'server',
  SPAN_KIND_SERVER: 'server',
  SPAN_KIND_CLIENT: 'client',
  SPAN_KIND_PRODUCER: 'client',
  SPAN_KIND_CONSUMER: 'server',
};

/** The spans of an export in OTLP as JSON. */
export function otlpSpans(file: z.output<typeof otlp>): readonly Span[] {
  return file.resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(find(resource?.attributes ?? [], 'service.name') ?? 'unknown');
    return scopeSpans.flatMap(({ spans }) => spans.map((it) => spanOf(it, service)));
  });
}

function spanOf(it: z.output<typeof span>, service: string): Span {
  const attribute = (key: string): unknown => find(it.attributes, key);
  const parent = it.parentSpanId;
  return {
    trace: it.traceId,
    id: it.spanId,
    parent: parent === undefined || parent === '' || /^0+$/.test(parent) ? undefined : parent,
    service,
    operation: it.name,
    kind: kinds[String(it.kind)] ?? 'other',
    startMs: inMs(it.startTimeUnixNano),
    endMs: inMs(it.endTimeUnixNano),
    failed: /^(2|STATUS_CODE_ERROR)$/.test(String(it.status?.code)),
    peer: peerOf(attribute),
    again: Number(attribute('http.request.resend_count') ?? 0) > 0,
  };
}

function find(list: z.output<typeof attributes>, key: string): string | number | undefined {
  const found = list.find((it) => it.key === key)?.value;
  return found?.stringValue ?? found?.intValue;
}

/** Nanoseconds since 1970 are more than a double holds: whole milliseconds and the rest apart. */
function inMs(nanoseconds: string | number): number {
  const text = String(nanoseconds);
  return Number(text.slice(0, -6)) + Number(text.slice(-6)) / 1e6;
}
