import { describe, expect, it } from 'vitest';

import type { Landscape, Pool } from '../../../model/import/landscape.ts';
import { deployment } from '../../testing/deployment.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { pairMessages } from '../../testing/pairs.ts';
import { shop } from '../../testing/shop.ts';
import { dr04 } from './dr04-must-scale.ts';

describe('DR04', () => {
  const at = { kind: 'trace', file: 'spans.json', spans: 400 } as const;
  const loaded = (replicas: number, rate: number): Landscape => {
    const [web] = deployment(String(replicas)).workloads;
    const none = { requests: { value: 1, origin: at }, errorShare: { value: 0, origin: at } };
    const times = { selfTime: { value: [], origin: at }, latency: { value: [], origin: at } };
    const ratePerSecond = { value: rate, origin: at };
    const measured = [{ service: 'web', ratePerSecond, ...none, ...times, order: [] }];
    return { ...deployment('1'), workloads: [web!], measured };
  };

  it('finds what does not follow the load', () => {
    expect(pairMessages(dr04, loaded(2, 100), loaded(4, 301))).toMatchInlineSnapshot(`
      "web.yaml:5:13 high DR04
      web: replicas: the load of web is 3 times as much in production, and replicas 2 times (2
      in staging, 4 in production)
        replicas in staging: 2 (web.yaml:5)
        replicas in production: 4 (web.yaml:5)
        load in staging: 100/s (trace spans.json, 400 spans)
        load in production: 301/s (trace spans.json, 400 spans)
      passes: 7 in production"
    `);
  });

  it('is content up to half as much load for each again', () => {
    expect(pairMessages(dr04, loaded(2, 100), loaded(4, 300))).toBe('');
    expect(pairMessages(dr04, loaded(2, 100), loaded(2, 900))).toBe('');
  });

  it('counts what each replica has, times the replicas', () => {
    const pooled = (replicas: number, rate: number, size: number): Landscape => {
      const pool: Pool = {
        owner: 'web',
        to: 'db',
        who: 'pg 8.23.0',
        at,
        size: { value: size, origin: at },
        acquireTimeoutMs: undefined,
        idleTimeoutMs: undefined,
        lifetimeMs: undefined,
        queueMax: { value: size === 10 ? 5 : Infinity, origin: at },
        statementTimeoutMs: undefined,
        connectTimeoutMs: undefined,
        serverWaitMs: undefined,
        processes: { value: 1, origin: at },
      };
      return { ...loaded(replicas, rate), pools: [pool] };
    };
    // 20 connections for 100/s, then 40 for 320/s: 80 % of what they would need for 1.5 times.
    expect(pairMessages(dr04, pooled(2, 100, 10), pooled(2, 320, 20))).toContain(
      'web -> db: pool size: the load of web is 3.2 times as much',
    );
    // From five to no limit at all, and back: nothing that a ratio could say.
    expect(pairMessages(dr04, pooled(2, 100, 10), pooled(2, 320, 20))).not.toContain('waiting');
    expect(pairMessages(dr04, pooled(2, 100, 20), pooled(2, 320, 10))).not.toContain('waiting');
    expect(pairMessages(dr04, pooled(2, 100, 10), pooled(4, 320, 12))).not.toContain('pool size');
  });

  it('says that it needs the load of both', () => {
    const noLoad = { ...loaded(4, 300), measured: [] };
    const lack = 'web: replicas lacks the load of web in staging and production';
    expect(pairMessages(dr04, loaded(2, 100), noLoad)).toBe(lack);
    expect(pairMessages(dr04, noLoad, loaded(2, 100))).toBe(lack);
  });

  it('says that it needs the load', () => {
    expect(pairMessages(dr04, deployment('2'), deployment('4'))).toBe(
      'web: replicas lacks the load of web in staging and production',
    );
  });

  it('takes the peak of the traffic that a model has', () => {
    const model = (rate: string) => {
      const { workloads } = deployment(rate === '300/s' ? '2' : '3');
      return { ...modelLandscape(shop('web -> payments: {}').replace('300/s', rate)), workloads };
    };
    expect(pairMessages(dr04, model('300/s'), model('900/s'))).toContain('3 times as much');
    expect(pairMessages(dr04, model('300/s'), model('600/s'))).toBe('');
  });
});
