import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { tracesOfWeb } from '../../testing/traces.ts';
import { pq01 } from './pq01-small-pool.ts';
import { coded } from '../../testing/edges.ts';

/** 10/s, each of which holds its connection for so long. */
function pool(size: number, holdMs: number, isTraced = true): string {
  const environment = { DATABASE_URL: 'postgres://db/shop', DATABASE_POOL_SIZE: String(size) };
  const traces = tracesOfWeb({ requests: 101, everyMs: 100, takesMs: () => holdMs, calls: 'db' });
  return messages(
    pq01,
    nodeApp({
      environment,
      web: 'deploy: { replicas: 1 }',
      ...(isTraced && { files: { 'spans.json': traces } }),
    }),
  );
}

describe('PQ01', () => {
  it('finds a pool that its calls use up', () => {
    expect(pool(5, 600)).toMatchInlineSnapshot(`
      "compose.yaml:6:76 critical PQ01
      web: 9.53/s of 600 ms each keep 5.72 connections to db busy, and application has 5
        pool of application: 5 (compose.yaml:6)
        calls of web -> db: 9.53/s (trace spans.json, 101 spans)
        replicas of web: 1 (compose.yaml:7)
        mean time of web -> db: 600 ms (trace spans.json, 101 spans)
      passes: a pool of 11"
    `);
  });

  it('wants two deviations more than the mean', () => {
    // 4 busy at once, and 4 more.
    expect(pool(4, 425)).toContain('critical PQ01');
    expect(pool(7, 400)).toContain('high PQ01');
    expect(pool(9, 400)).toBe('');
  });

  it('wants a fifth to spare of a large one', () => {
    // 95 busy at once: two deviations more are 115, and a fifth to spare 120.
    const large = (size: number): string => {
      const environment = { DATABASE_URL: 'postgres://db/shop', DATABASE_POOL_SIZE: String(size) };
      const takesMs = (): number => 1000;
      const traces = tracesOfWeb({ requests: 2000, everyMs: 10, takesMs, calls: 'db' });
      return messages(pq01, nodeApp({ environment, files: { 'spans.json': traces } }));
    };
    expect(large(119)).toContain('a pool of 120');
    expect(large(120)).toBe('');
  });

  it('says what it lacks', () => {
    expect(pool(5, 600, false)).toBe(
      'web -> db lacks how many calls a second go over it: traces, or a seaworthy.yaml',
    );
  });

  it('counts to the last connection, over its own calls alone', () => {
    const landscape = nodeApp({
      environment: { DATABASE_URL: 'postgres://db/shop', DATABASE_POOL_SIZE: '5' },
      web: 'deploy: { replicas: 1 }',
    });
    const found = coded('trace' as const);
    const unknown = { found, layers: [], writes: undefined, optional: undefined };
    const calls = (ratePerSecond: number) => ({
      perRequest: coded(1),
      ratePerSecond: coded(ratePerSecond),
      errorShare: coded(0),
      attemptsPerTask: coded(1),
      latency: coded([0, 1].map((share) => ({ share, valueMs: 400 }))),
    });
    const sized = (size: number, ratePerSecond: number): string =>
      messages(pq01, {
        ...landscape,
        pools: landscape.pools.map((known) => ({ ...known, size: coded(size) })),
        edges: [
          { ...unknown, from: 'web', to: 'cache', measured: calls(9000) },
          { ...unknown, from: 'web', to: 'db', measured: calls(ratePerSecond) },
        ],
      });
    // 4 are busy: two deviations more are 8.
    expect(sized(8, 10)).toBe('');
    expect(sized(7, 10)).toContain('high PQ01');
    expect(sized(4, 10)).toContain('high PQ01');
    expect(sized(3, 10)).toContain('critical PQ01');
    // 100 are busy, four fifths of 125.
    expect(sized(125, 250)).toBe('');
    expect(sized(124, 250)).toContain('high PQ01');
  });
});
