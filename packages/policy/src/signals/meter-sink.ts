import type { Counter, Histogram, Meter } from '@opentelemetry/api';

import { gauges, Watched } from './gauges.ts';
import { counters, histograms } from './metrics.ts';
import type { CounterName, HistogramName, MetricSink } from './metrics.ts';
import { bucketBoundsSeconds } from './outcome.ts';

/** Metrics as instruments of OpenTelemetry, `seaworthy.` before their names. */
export function meterSink(meter: Meter): MetricSink {
  const counterOf = mapped(counters, (name, description): Counter =>
    meter.createCounter(`seaworthy.${name}`, { description, unit: unitOf(name) }),
  );
  const histogramOf = mapped(histograms, (name, description): Histogram =>
    meter.createHistogram(`seaworthy.${name}`, {
      description,
      unit: 's',
      advice: { explicitBucketBoundaries: [...bucketBoundsSeconds] },
    }),
  );
  const watched = new Watched();
  observeGauges(meter, watched);
  return {
    count: (name, labels) => counterOf[name].add(1, labels),
    record: (name, seconds, labels) => histogramOf[name].record(seconds, labels),
    watch: (policy, name) => watched.add(policy, name),
  };
}

/** One pass over the policies for all gauges: they are of the same moment. */
function observeGauges(meter: Meter, watched: Watched): void {
  const made = Object.entries(gauges).map(([name, { means }]) => {
    const isTime = name.endsWith('_seconds');
    const instrument = meter.createObservableGauge(`seaworthy.${name.replace(/_seconds$/, '')}`, {
      description: means,
      unit: isTime ? 's' : '1',
    });
    return [name, instrument] as const;
  });
  meter.addBatchObservableCallback(
    (result) => {
      const values = watched.read();
      for (const [name, instrument] of made) {
        for (const [policy, value] of values.get(name)!) {
          result.observe(instrument, value, { policy });
        }
      }
    },
    made.map(([, instrument]) => instrument),
  );
}

/** In braces what is counted, as the semantic conventions have it. */
function unitOf(name: CounterName): string {
  const ofAttempts = ['attempts', 'attempts_failed', 'retries', 'hedges'] as const;
  return (ofAttempts as readonly string[]).includes(name) ? '{attempt}' : '{call}';
}

function mapped<K extends CounterName | HistogramName, V>(
  of: Readonly<Record<K, string>>,
  make: (name: K, means: string) => V,
): Readonly<Record<K, V>> {
  const entries = Object.entries(of) as [K, string][];
  return Object.fromEntries(entries.map(([name, means]) => [name, make(name, means)])) as Record<
    K,
    V
  >;
}
