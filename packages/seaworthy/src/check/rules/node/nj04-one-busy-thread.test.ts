import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { nj04 } from './nj04-one-busy-thread.ts';

interface Busy {
  readonly perSecond: number;
  readonly variables?: Readonly<Record<string, string>>;
  readonly packages?: Readonly<Record<string, string>>;
}

/** Two replicas with four cores each, and 5 ms of computing a request. */
function busy({ perSecond, variables = {}, packages = { pg: '8.16.3' } }: Busy): string {
  const model = `seaworthy: 1
name: one
services:
  web:
    replicas: 2
    cores: 4
    steps: [{ cpu: 5ms }, { wait: 20ms }]
traffic: { people: { to: web, rate: ${perSecond}/s } }
`;
  const environment = { DATABASE_URL: 'postgres://db/shop', ...variables };
  return messages(nj04, nodeApp({ environment, packages, files: { 'seaworthy.yaml': model } }));
}

describe('NJ04', () => {
  it('finds a thread that computes most of the time', () => {
    expect(busy({ perSecond: 300 })).toMatchInlineSnapshot(`
      "seaworthy.yaml:7:12 high NJ04
      web: each of its 2 processes computes 75 % of the time at 300/s, on one thread
        cpu time of a request of web: 5 ms (seaworthy.yaml:7)
        peak into web: 300/s (seaworthy.yaml:8)
        replicas of web: 2 (seaworthy.yaml:5)
        Node of web: 22.3.0 (web/package.json:1)
      passes: 3 replicas, or 4 ms for a request"
    `);
  });

  it('is content with less, and with more processes', () => {
    expect(busy({ perSecond: 240 })).toBe('');
    expect(busy({ perSecond: 241 })).toContain('NJ04');
    expect(busy({ perSecond: 300, variables: { WEB_CONCURRENCY: '2' } })).toBe('');
    expect(busy({ perSecond: 500, variables: { WEB_CONCURRENCY: '2' } })).toContain(
      'processes of a replica: 2 (compose.yaml:6)',
    );
  });

  it('is about Node alone', () => {
    expect(busy({ perSecond: 300, packages: {} })).toBe('');
  });
});
