import { describe, expect, it } from 'vitest';
import { readModel } from '../../model/read.ts';
import { meanMs, quantilesOf } from '../../model/distribution.ts';
import type { Model } from '../../model/model.ts';
import { simulate } from '../../simulate/simulate.ts';
import { calibrate } from './calibrate.ts';

/** What runs: the file that is calibrated says other times. */
const actual = { own: '4ms', bank: '{ p50: 50ms, p99: 200ms }', network: '3ms' };
const believed = { own: '1ms', bank: '10ms', network: '0ms' };

function shop({ own, bank, network }: typeof actual): Model {
  const text = `
seaworthy: 1
name: shop
run: { for: 70s, warmUp: 10s }
services:
  web:
    steps:
      - wait: ${own}
      - call: bank
      - { call: { to: stock, probability: 30% } }
      - fail: 1%
  bank: { concurrency: 20, steps: [{ wait: ${bank} }] }
  stock: { steps: [{ cpu: 2ms }, { call: rows }] }
  rows: { steps: [{ wait: 5ms }, { read: table }] }
  idle: { steps: [{ wait: 5ms }, { call: bank }] }
rows: { table: { count: 10 } }
calls:
  shoppers -> web: { network: { latency: ${network} } }
  idle -> bank: { network: { latency: 7ms } }
traffic:
  shoppers: { to: web, rate: 50/s }
  nobody: { to: idle, rate: 1/m }
`;
  return readModel(text, 'shop.yaml', {}).model;
}

function calm(model: Model, seed: number) {
  return simulate(model, { scenario: undefined, seed, replication: 0 });
}

describe('calibrate', () => {
  const measured = calm(shop(actual), 1);
  const { model, services, hops } = calibrate(shop(believed), measured);

  it('takes the times of services that make no calls as they were measured', () => {
    const [, bank] = services;
    expect(bank).toMatchObject({ from: 'table', why: undefined });
    expect(bank!.samples).toBeGreaterThan(2700);
    const points = quantilesOf(bank!.time!)!;
    const at = (share: number) => points.find((point) => point.share === share)!.valueMs;
    expect(at(0.5)).toBeCloseTo(50, -1);
    expect(at(0.99)).toBeGreaterThan(170);
    expect(at(0.99)).toBeLessThan(230);
    // exp(ln 50 + (ln 4 / 2.3263)^2 / 2)
    expect(meanMs(bank!.time!)).toBeCloseTo(59.7, -0.5);
  });

  it('leaves a caller what its calls leave', () => {
    const [web, , stock] = services;
    expect(web!.from).toBe('remainder');
    expect(meanMs(web!.time!)).toBeCloseTo(4, 1);
    // It takes 2 ms by the file, and 2 ms are there beside what the rows take.
    expect(stock!.from).toBe('remainder');
    expect(meanMs(stock!.time!)).toBeLessThan(0.1);
    expect(model.services[2]!.steps.map(({ kind }) => kind)).toEqual(['wait', 'cpu', 'call']);
  });

  it('says what it left as it was, and why', () => {
    expect(services.slice(3)).toEqual([
      {
        service: 'rows',
        from: 'file',
        why: 'the time of its step "read" is not known',
        samples: expect.any(Number) as number,
        time: undefined,
      },
      {
        service: 'idle',
        from: 'file',
        why: expect.stringMatching(/^needs 50 measured requests and has \d$/) as string,
        samples: expect.any(Number) as number,
        time: undefined,
      },
    ]);
    expect(model.services[3]).toEqual(shop(believed).services[3]);
    // What such a service calls is as far away as before; to others it is a part of their time.
    const idle = shop(believed).edges.findIndex(({ name }) => name === 'idle -> bank');
    expect(model.edges[idle]).toEqual(shop(believed).edges[idle]);
  });

  it('keeps the way of sources apart, and slots, policies and traffic as they were', () => {
    expect(hops[0]!.edge).toBe('shoppers -> web');
    expect(hops[0]!.meanMs).toBeCloseTo(6, 1);
    const { latency } = model.edges[model.sources[0]!.edge]!.network;
    expect(meanMs(latency)).toBeCloseTo(3, 1);
    expect(model.services[1]!.replicas).toEqual(shop(believed).services[1]!.replicas);
    expect(model.sources).toEqual(shop(believed).sources);
  });

  it('takes what a cache answered for the time of who asks it', () => {
    const pages = `
seaworthy: 1
name: pages
run: { for: 70s, warmUp: 10s }
services:
  web: { steps: [{ wait: { p50: 4ms, p99: 12ms } }, { call: pages }] }
  pages: { steps: [{ wait: 300ms }] }
calls: { web -> pages: { cache: { ttl: 3s, early: 3, keys: { count: 5 } } } }
traffic: { readers: { to: web, rate: 60/s } }
`;
    const cached = readModel(pages, 'pages.yaml', {}).model;
    // As a proxy sees it, which is not told who waits for a call: nobody, for a refresh.
    const run = calm(cached, 1);
    const edge = cached.edges.findIndex(({ name }) => name === 'web -> pages');
    const intervals = run.intervals.map((interval) => {
      const latency = interval.services[1]!.serviceTime;
      return {
        ...interval,
        edges: interval.edges.with(edge, { ...interval.edges[edge]!, latency }),
      };
    });
    const [web] = calibrate(cached, { ...run, intervals }).services;
    // exp((ln 3 / 2.3263)^2 / 2) times 4 ms
    expect(meanMs(web!.time!)).toBeCloseTo(4.47, 0);
    expect(quantilesOf(web!.time!)!.find(({ share }) => share === 0.99)!.valueMs).toBeGreaterThan(
      9,
    );
  });

  it('makes a model that does what was measured', () => {
    const edge = model.sources[0]!.edge;
    const latency = (of: Model) => {
      const { intervals } = calm(of, 2);
      const all = intervals.slice(10).map(({ edges }) => edges[edge]!.latency);
      for (const each of all.slice(1)) all[0]!.merge(each);
      return all[0]!;
    };
    const [real, fitted] = [latency(shop(actual)), latency(model)];
    for (const share of [0.1, 0.5, 0.9, 0.99]) {
      const apart = fitted.quantile(share) / real.quantile(share);
      expect(apart, `quantile ${share}`).toBeGreaterThan(0.9);
      expect(apart, `quantile ${share}`).toBeLessThan(1.1);
    }
  });
});
