import { z } from 'zod';

import type { Span } from './span.ts';
import { peerOf } from './span.ts';

const value = z.union([z.string(), z.number(), z.boolean()]).nullish();
const tags = z.array(z.looseObject({ key: z.string(), value })).default([]);

const span = z.looseObject({
  traceID: z.string(),
  spanID: z.string(),
  operationName: z.string().default(''),
  references: z
    .array(z.looseObject({ refType: z.string().optional(), spanID: z.string() }))
    .default([]),
  /** In microseconds. */
  startTime: z.number(),
  duration: z.number(),
  tags,
  processID: z.string().optional(),
});

/** What the interface of Jaeger downloads. */
export const jaeger = z.looseObject({
  data: z.array(
    z.looseObject({
      spans: z.array(span),
      processes: z.record(z.string(), z.looseObject({ serviceName: z.string() })).default({}),
    }),
  ),
});

/** The spans of traces of Jaeger as JSON. */
export function jaegerSpans(file: z.output<typeof jaeger>): readonly Span[] {
  return file.data.flatMap(({ spans, processes }) =>
    spans.map((it): Span => {
      const tag = (key: string): string | number | boolean | null | undefined =>
        it.tags.find((one) => one.key === key)?.value;
      const kind = tag('span.kind');
      const parent = it.references.find((one) => one.refType !== 'FOLLOWS_FROM');
      return {
        trace: it.traceID,
        id: it.spanID,
        parent: parent?.spanID,
        service: processes[it.processID ?? '']?.serviceName ?? 'unknown',
        operation: it.operationName,
        kind: kind === 'server' || kind === 'client' ? kind : 'other',
        startMs: it.startTime / 1000,
        endMs: (it.startTime + it.duration) / 1000,
        failed: /^(true|error)$/i.test(String(tag('error') ?? tag('otel.status_code') ?? '')),
        peer: peerOf(tag),
        again: Number(tag('http.request.resend_count') ?? 0) > 0,
      };
    }),
  );
}
