import { afterEach, describe, expect, it } from 'vitest';

import { noEdge } from '../../../signals/no-samples.ts';
import type { OtlpResource } from './otlp-json.ts';
import { OtlpReceiver } from './otlp-receiver.ts';
import { withPolicies } from './policy-signals.ts';
import { ProcessSeries } from './process-series.ts';

const taken: OtlpResource[] = [];
const receiver = new OtlpReceiver((resource) => taken.push(resource));
afterEach(async () => {
  await receiver.stop();
  taken.length = 0;
});

function text(key: string, value: string) {
  return { key, value: { stringValue: value } };
}

/** As the exporters of OpenTelemetry send it. */
function exported(temporality: number, offered: string) {
  const attributes = [text('policy', 'payments')];
  const ended = [...attributes, text('reason', 'breaker-open')];
  const sum = (value: string, labels: unknown) => ({
    aggregationTemporality: temporality,
    isMonotonic: true,
    dataPoints: [{ attributes: labels, asInt: value }],
  });
  const metrics = [
    { name: 'seaworthy.offered', sum: sum(offered, attributes) },
    { name: 'seaworthy.rejected', sum: sum('2', ended) },
    { name: 'seaworthy.limit', gauge: { dataPoints: [{ attributes, asDouble: 16 }] } },
    {
      name: 'seaworthy.wait',
      histogram: {
        aggregationTemporality: temporality,
        dataPoints: [{ attributes, bucketCounts: ['3', '1', '0'], explicitBounds: [0.001, 0.25] }],
      },
    },
    { name: 'process.cpu.time', sum: sum('9', []) },
  ];
  const resource = {
    attributes: [text('service.name', 'web'), text('service.instance.id', '2')],
  };
  return { resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }] };
}

async function send(body: unknown, path = '/v1/metrics', type = 'application/json') {
  const url = await receiver.start();
  const method = 'POST';
  const sent = typeof body === 'string' ? body : JSON.stringify(body);
  const headers = { 'content-type': type };
  const response = await fetch(url + path, { method, headers, body: sent });
  return response.status;
}

describe('what processes export over OTLP', () => {
  it('is taken as what policies say, by service and replica', async () => {
    expect(await send(exported(2, '5'))).toBe(200);
    expect(taken).toMatchObject([{ service: 'web', instance: '2' }]);
    const process = new ProcessSeries();
    process.add(taken[0]!.series);
    const sample = withPolicies(noEdge, [process.take()]);
    expect(sample).toMatchObject({ offered: 5, rejected: { 'breaker-open': 2 }, limit: 16 });
    expect([sample.wait.count, sample.wait.max]).toEqual([4, 250]);
    process.add(taken[0]!.series);
    expect(withPolicies(noEdge, [process.take()]).offered).toBe(0);
  });

  it('adds up where only the difference is sent', async () => {
    await send(exported(1, '5'));
    const process = new ProcessSeries();
    process.add(taken[0]!.series);
    expect(withPolicies(noEdge, [process.take()]).offered).toBe(5);
    process.add(taken[0]!.series);
    expect(withPolicies(noEdge, [process.take()]).offered).toBe(5);
  });

  it.each([
    ['{', '/v1/metrics', 'application/json', 400],
    ['[1, null]', '/v1/metrics', 'application/json', 200],
    ['x', '/v1/metrics', 'application/x-protobuf', 415],
    ['{}', '/v1/traces', 'application/json', 200],
  ])('answers %j at %s as %s with %d', async (body, path, type, status) => {
    expect(await send(body, path, type)).toBe(status);
    expect(taken).toEqual([]);
  });
});
