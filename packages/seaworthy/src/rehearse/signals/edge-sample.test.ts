import { describe, expect, it } from 'vitest';
import { Exchange } from '../proxy/http/exchange.ts';
import { EdgeMeter } from '../proxy/measure/edge-meter.ts';
import { sampleOfEdge } from './edge-sample.ts';
import { sampleOfService } from './service-sample.ts';

/** Requests that begin and are answered at these moments, in milliseconds. */
function answered(meter: EdgeMeter, requests: readonly (readonly [number, number])[]): void {
  const owner = { replica: 0, exchangeCompleted: () => {} };
  const moments = requests.flatMap(([fromMs, toMs], index) => {
    const exchange = new Exchange(index, fromMs, owner);
    exchange.requestedMs = fromMs;
    exchange.answeredMs = toMs;
    exchange.status = 200;
    return [
      [fromMs, () => meter.exchangeBegan(exchange, fromMs)],
      [toMs, () => meter.exchangeEnded(exchange, toMs)],
    ] as const;
  });
  for (const [, happens] of moments.toSorted(([one], [other]) => one - other)) happens();
}

describe('what an edge says of the service behind it', () => {
  it('leaves the requests out of the service time that had to wait for a slot', () => {
    const meter = new EdgeMeter(0);
    meter.slots = 2;
    // Two slots, 10 ms each: the third and the fourth wait for one, and the fifth does not.
    answered(meter, [
      [0, 10],
      [1, 11],
      [2, 20],
      [3, 21],
      [30, 40],
    ]);
    const reading = meter.read(100);
    const { serviceTime } = sampleOfService([reading], { ready: 1, replicas: 1 });
    expect([serviceTime.count, serviceTime.min, serviceTime.max]).toEqual([3, 10, 10]);
    const { latency } = sampleOfEdge(reading);
    expect([latency.count, latency.max]).toEqual([5, 18]);
  });

  it('takes turns for calls where no HTTP is spoken', () => {
    const meter = new EdgeMeter(0);
    for (const ms of [4, 5, 6]) meter.turned(ms);
    const reading = meter.read(100);
    const { offered, succeeded, attempts, latency, inFlightMean } = sampleOfEdge(reading);
    expect([offered, succeeded, attempts, latency.mean]).toEqual([3, 3, 3, 5]);
    expect(inFlightMean).toBeCloseTo(0.15);
    const { arrived, served, serviceTime } = sampleOfService([reading], { ready: 1, replicas: 1 });
    expect([arrived, served, serviceTime.mean]).toEqual([3, 3, 5]);
  });
});
