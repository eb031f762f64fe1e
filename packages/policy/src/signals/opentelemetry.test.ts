import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { policy } from '../promise/policy.ts';
import { VirtualTime } from '../virtual/virtual-time.ts';
import { openTelemetry } from './opentelemetry.ts';

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
afterAll(() => context.disable());

function tracing() {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const tracer = provider.getTracer('test');
  return { tracer, observer: openTelemetry({ tracer, meter: false }), exporter };
}

describe('spans', () => {
  it('are one a task and one an attempt, below what runs', async () => {
    const { tracer, observer, exporter } = tracing();
    const time = new VirtualTime();
    const call = policy({ name: 'quotes', retry: 3, observer }, time);
    let tries = 0;
    const outer = tracer.startSpan('request');
    const inner: (string | undefined)[] = [];
    const result = context.with(trace.setSpan(context.active(), outer), () =>
      call(async () => {
        await Promise.resolve();
        inner.push(trace.getSpan(context.active())?.spanContext().spanId);
        if (++tries < 3) throw new Error('no');
        return 'yes';
      }),
    );
    await time.advance(5000);
    expect(await result).toBe('yes');
    outer.end();
    const spans = exporter.getFinishedSpans();
    const task = spans.find(({ name }) => name === 'quotes')!;
    const attempts = spans.filter(({ name }) => name === 'quotes attempt');
    expect(task.parentSpanContext?.spanId).toBe(outer.spanContext().spanId);
    expect(task.attributes).toMatchObject({
      'seaworthy.outcome': 'succeeded',
      'seaworthy.attempts': 3,
    });
    expect(task.events.map(({ name }) => name)).toEqual(['retry', 'retry']);
    expect(attempts.map((span) => span.parentSpanContext?.spanId)).toEqual(
      attempts.map(() => task.spanContext().spanId),
    );
    expect(attempts.map((span) => span.attributes['http.request.resend_count'])).toEqual([
      undefined,
      1,
      2,
    ]);
    expect(attempts.map((span) => span.attributes['error.type'])).toEqual([
      'error',
      'error',
      undefined,
    ]);
    // What the function does is below the span of its attempt, retries from timers included.
    expect(inner).toEqual(attempts.map((span) => span.spanContext().spanId));
  });

  it('say why a call failed, and end with it', async () => {
    const { observer, exporter } = tracing();
    const time = new VirtualTime();
    const call = policy({ name: 'slow', timeout: '50ms', observer }, time);
    const result = call(() => new Promise(() => {})).catch(() => {});
    await time.advance(100);
    await result;
    const [attempt, task] = exporter.getFinishedSpans();
    for (const span of [attempt!, task!]) {
      expect(span.status).toEqual({ code: SpanStatusCode.ERROR, message: 'timeout' });
      expect(span.attributes['seaworthy.reason']).toBe('timeout');
    }
  });

  it('of a hedge that lost is no error', async () => {
    const { observer, exporter } = tracing();
    const time = new VirtualTime();
    const budget = { share: '100%' } as const;
    const call = policy({ hedge: { delay: '10ms', budget }, observer }, time);
    const result = call(
      ({ attempt }) =>
        new Promise((resolve) => {
          if (attempt === 2) time.clock.after(5, () => resolve(2));
        }),
    );
    await time.advance(50);
    expect(await result).toBe(2);
    const attempts = exporter.getFinishedSpans().filter(({ name }) => name === 'policy attempt');
    const lost = attempts.find((span) => span.attributes['seaworthy.hedge'] !== true)!;
    expect(lost.attributes['seaworthy.reason']).toBe('overtaken');
    expect(lost.status.code).toBe(SpanStatusCode.UNSET);
    expect(attempts).toHaveLength(2);
  });

  it('of a flight belong to the task that waits for it', async () => {
    const { observer, exporter } = tracing();
    const call = policy({ cache: '60s', observer });
    await call(async () => 1, { key: 'a' });
    await call(async () => 1, { key: 'a' });
    const spans = exporter.getFinishedSpans();
    const tasks = spans.filter(({ name }) => name === 'policy');
    const attempts = spans.filter(({ name }) => name === 'policy attempt');
    expect(tasks.map((span) => span.attributes['seaworthy.cache'])).toEqual(['miss', 'hit']);
    expect(attempts.map((span) => span.parentSpanContext?.spanId)).toEqual([
      tasks[0]!.spanContext().spanId,
    ]);
  });
});

describe('metrics', () => {
  it('are read by the SDK, with the units of the conventions', async () => {
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
    const provider = new MeterProvider({ readers: [reader] });
    const observer = openTelemetry({ meter: provider.getMeter('test'), tracer: false });
    const time = new VirtualTime();
    const call = policy({ name: 'quotes', limit: 7, observer, retry: 2 }, time);
    const result = call(() => Promise.reject(new Error('down'))).catch(() => {});
    await time.advance(5000);
    await result;
    await call(() => 1);
    await reader.forceFlush();
    const metrics = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics[0]!.metrics);
    const of = (name: string) => {
      const metric = metrics.find(({ descriptor }) => descriptor.name === `seaworthy.${name}`)!;
      return metric.dataPoints.map(({ attributes, value }) => ({ ...attributes, value }));
    };
    expect(of('offered')).toEqual([{ policy: 'quotes', value: 2 }]);
    expect(of('failed')).toEqual([{ policy: 'quotes', reason: 'error', value: 1 }]);
    expect(of('attempts')).toEqual([{ policy: 'quotes', value: 3 }]);
    expect(of('retries')).toEqual([{ policy: 'quotes', value: 1 }]);
    expect(of('retries_stopped')).toEqual([{ policy: 'quotes', reason: 'attempts', value: 1 }]);
    expect(of('limit')).toEqual([{ policy: 'quotes', value: 7 }]);
    const latency = metrics.find(({ descriptor }) => descriptor.name === 'seaworthy.latency')!;
    expect(latency.descriptor.unit).toBe('s');
    expect(latency.dataPoints.map(({ attributes }) => attributes['outcome'])).toEqual([
      'failed',
      'succeeded',
    ]);
    await provider.shutdown();
  });
});
