import { stream } from '@seaworthy/policy/engine';
import { describe, expect, it } from 'vitest';

import type { Edge } from '../../model/model.ts';
import { type NetworkSettings, profileNames, profiles } from '../../model/network.ts';
import { Histogram } from '../../signals/histogram.ts';
import { NS_PER_MS } from '../../model/chance/sampler.ts';
import { constant } from '../testing/models.ts';
import { edgeTotals, run, simple } from '../testing/totals.ts';
import { Network } from './network.ts';
import { FaultState } from './replica.ts';

const messages = 200_000;

function times(model: NetworkSettings): Histogram {
  const chance = (purpose: string) => stream(1, 'a network', purpose);
  const network = new Network(model, chance('a'), chance('b'), chance('c'), chance('d'));
  const histogram = new Histogram();
  const calm = new FaultState();
  for (let index = 0; index < messages; index++) {
    histogram.record(network.messageNs(calm, 0) / NS_PER_MS);
  }
  return histogram;
}

/** 10 requests a second that take 20 ms, for 600 s, over a network. */
function overNetwork(change: Partial<Edge['network']>, policy = {}) {
  const model = simple({}, policy, 600_000);
  const network = {
    latency: constant(10),
    loss: 0,
    connections: undefined,
    spells: undefined,
    ...change,
  };
  return edgeTotals(run({ ...model, edges: [{ ...model.edges[0]!, network }] }), 0);
}

describe('a profile of a network', () => {
  it.each(profileNames)('%s: the 99th percentile is 5 to 10 times the median', (name) => {
    const histogram = times(profiles[name]);
    const ratio = histogram.quantile(0.99) / histogram.quantile(0.5);
    expect(ratio).toBeGreaterThan(4.8);
    expect(ratio).toBeLessThan(10);
  });

  it.each(profileNames)('%s: a lost message comes 200 ms later, and is not lost', (name) => {
    const histogram = times(profiles[name]);
    expect(histogram.count).toBe(messages);
    expect(histogram.max).toBeGreaterThan(200);
  });

  it('gets slower with the distance', () => {
    const medians = profileNames.map((name) => times(profiles[name]).quantile(0.5));
    expect(medians.toSorted((left, right) => left - right)).toEqual(medians);
  });
});

describe('a new connection', () => {
  it('costs a way there and back', () => {
    const connections = { share: 0.5, dnsSlow: 0, dnsFails: 0 };
    const { latency, failed } = overNetwork({ connections });
    expect(failed).toBe(0);
    expect(latency.quantile(0.25)).toBeCloseTo(40, 0);
    expect(latency.quantile(0.75)).toBeCloseTo(60, 0);
  });

  it('takes a second more for each SYN that is lost', () => {
    const connections = { share: 1, dnsSlow: 0, dnsFails: 0 };
    const { latency } = overNetwork({ connections, loss: 0.02 });
    // SYN or its answer, 2 % each; a lost one of the other messages takes 200 ms.
    expect(latency.countAbove(1000) / latency.count).toBeGreaterThan(0.03);
    expect(latency.countAbove(1000) / latency.count).toBeLessThan(0.05);
  });

  it('waits 5 s for the name, or does not find it', () => {
    const connections = { share: 0.5, dnsSlow: 0.2, dnsFails: 0.1 };
    const { latency, reasons, offered } = overNetwork({ connections });
    expect(reasons['unreachable']! / offered).toBeGreaterThan(0.04);
    expect(reasons['unreachable']! / offered).toBeLessThan(0.06);
    expect(latency.countAbove(5000) / offered).toBeGreaterThan(0.085);
    expect(latency.countAbove(5000) / offered).toBeLessThan(0.115);
  });

  it('sends nothing when the caller has given up before it is there', () => {
    const connections = { share: 1, dnsSlow: 1, dnsFails: 0 };
    const model = simple({}, { timeoutMs: 1000 }, 60_000);
    const network = { latency: constant(10), loss: 0, connections, spells: undefined };
    const result = run({ ...model, edges: [{ ...model.edges[0]!, network }] });
    expect(edgeTotals(result, 0).reasons['timeout']).toBeGreaterThan(400);
    expect(result.intervals.every(({ services }) => services[0]!.arrived === 0)).toBe(true);
  });
});

describe('slow spells', () => {
  it('come now and then, and slow down all messages while they last', () => {
    const spells = { everyMs: 9000, forMs: 1000, factor: 10 };
    const chance = (purpose: string) => stream(1, 'a network', purpose);
    const model = { latency: constant(10), loss: 0, connections: undefined, spells };
    const network = new Network(model, chance('a'), chance('b'), chance('c'), chance('d'));
    const calm = new FaultState();
    let slow = 0;
    let turns = 0;
    let last = 10;
    for (let index = 0; index < messages; index++) {
      const tookMs = network.messageNs(calm, index * 100 * NS_PER_MS) / NS_PER_MS;
      if (tookMs === 100) slow++;
      if (tookMs !== last) turns++;
      last = tookMs;
    }
    expect(slow / messages).toBeGreaterThan(0.09);
    expect(slow / messages).toBeLessThan(0.11);
    // Two thousand spells in 20,000 s, but for those between two messages.
    expect(turns / 2).toBeGreaterThan(1600);
    expect(turns / 2).toBeLessThan(2100);
  });
});
