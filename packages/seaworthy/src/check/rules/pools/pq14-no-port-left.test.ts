import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { pq14 } from './pq14-no-port-left.ts';

function modelled(perSecond: number, network: string): string {
  return messages(
    pq14,
    modelLandscape(`seaworthy: 1
name: one
services:
  web: { replicas: 2, steps: [{ call: prices }] }
  prices: { steps: [{ wait: 5ms }] }
calls:
  web -> prices: { network: ${network} }
traffic: { people: { to: web, rate: ${perSecond}/s } }
`),
  );
}

interface App {
  readonly perSecond?: number | string;
  readonly agent?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly packages?: Readonly<Record<string, string>>;
}

/** One replica of web calls api. */
function coded({ perSecond, agent, environment, packages }: App): string {
  const rate = typeof perSecond === 'string' ? perSecond : `${perSecond}/s`;
  const model = `seaworthy: 1
name: one
services: { web: { steps: [{ call: api }] }, api: { steps: [{ wait: 5ms }] } }
traffic: { people: { to: web, rate: ${rate} } }
`;
  const app = nodeApp({
    environment: { API_URL: 'http://api', ...environment },
    services: 'api: { image: shop/api:1 }',
    ...(packages && { packages }),
    files: {
      'web/call.js': `import { Agent } from 'http';\n${agent ?? ''}`,
      ...(perSecond !== undefined && { 'seaworthy.yaml': model }),
    },
  });
  return messages(pq14, app);
}

describe('PQ14', () => {
  it('finds an agent that opens a connection for each call', () => {
    expect(coded({ perSecond: 480, agent: 'new Agent({ keepAlive: false });' }))
      .toMatchInlineSnapshot(`
        "web/call.js:2:24 high PQ14
        web -> api: 480/s new connections of one caller keep 28,800 ports for a minute each, and
        there are 28,232
          calls of one caller over web -> api: 480/s (seaworthy.yaml:4)
          Agent of Node 22.3.0 keeps its connections: no (web/call.js:2)
        passes: at most 470/s new connections, or connections that are kept"
      `);
  });

  it('finds a network in a model on which too many are new', () => {
    const network = '{ profile: cross-zone, newConnections: 50% }';
    expect(modelled(2000, network)).toMatchInlineSnapshot(`
      "seaworthy.yaml:7:29 high PQ14
      web -> prices: 500/s new connections of one caller keep 30,000 ports for a minute each,
      and there are 28,232
        calls of one caller over web -> prices: 1,000/s (seaworthy.yaml:8)
        calls of web -> prices that open a connection: 50 % (seaworthy.yaml:7)
      passes: at most 470/s new connections, or connections that are kept"
    `);
    // 470.53/s are as many as there are ports.
    expect(modelled(1882, network)).toBe('');
    expect(modelled(1883, network)).toContain('PQ14');
    expect(modelled(2000, '{ latency: 1ms }')).toBe('');
  });

  it('knows what Node and its clients do by themselves', () => {
    const perSecond = 480;
    expect(coded({ perSecond, agent: 'new Agent();' })).toContain('medium PQ14');
    expect(coded({ perSecond, agent: 'new Agent({ keepAlive: true });' })).toBe('');
    expect(coded({ perSecond, agent: 'new Agent({ keepAlive: on });' })).toBe('');
    expect(coded({ perSecond, packages: { 'node-fetch': '2.6.12' } })).toContain('medium PQ14');
    expect(coded({ perSecond, packages: { 'node-fetch': '2.6.13' } })).toBe('');
    expect(coded({ perSecond: '28232/m', agent: 'new Agent();' })).toBe('');
    expect(coded({ perSecond: '28233/m', agent: 'new Agent();' })).toContain('PQ14');
  });

  it('leaves out stores, and says what it lacks', () => {
    const environment = { DATABASE_URL: 'postgres://db/shop', REDIS_URL: 'redis://cache' };
    expect(coded({ agent: 'new Agent();', environment })).toBe(
      'web -> api lacks how many calls a second go over it: traces, or a seaworthy.yaml',
    );
    const own = { API_URL: 'postgres://api/shop' };
    const packages = { pg: '8.13.0' };
    expect(coded({ agent: 'new Agent();', environment: own, packages })).toBe('');
  });
});
