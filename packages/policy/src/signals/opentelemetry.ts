/**
 * What policies do, as metrics and spans of OpenTelemetry. `@opentelemetry/api` is a peer.
 *
 * @packageDocumentation
 */
import type { Meter, Tracer } from '@opentelemetry/api';
import { metrics, trace } from '@opentelemetry/api';

import type { Observe, ObserverOption } from '../promise/observer.ts';
import { meterSink } from './meter-sink.ts';
import { metricsInto } from './metrics.ts';
import { spansOf } from './spans.ts';

/** Where metrics and spans go. Default: the global providers, of the moment of the call. */
export interface OpenTelemetryOptions {
  /** Takes the metrics; `false`: no metrics. Default the global one, of the moment of the call. */
  readonly meter?: Meter | false;
  /** Makes the spans; `false`: no spans. Default the global one. */
  readonly tracer?: Tracer | false;
}

const scope = '@seaworthy/policy';

/**
 * Metrics and spans through the API of OpenTelemetry, for the `observer` of policies. Call it once,
 * after the SDK has been started, and hand what it gives to each policy.
 *
 *     const observer = openTelemetry();
 *     const payments = policy({ name: 'payments', observer });
 */
export function openTelemetry({ meter, tracer }: OpenTelemetryOptions = {}): readonly Observe[] {
  const observers: Observe[] = [];
  if (meter !== false) observers.push(metricsInto(meterSink(meter ?? metrics.getMeter(scope))));
  if (tracer !== false) observers.push(spansOf(tracer ?? trace.getTracer(scope)));
  return observers satisfies ObserverOption;
}
