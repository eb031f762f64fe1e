import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { pq13 } from './pq13-endless-sockets.ts';

interface App {
  readonly packages?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
}

/** What it says of this source code of web, which calls api. */
function coded(text: string, { packages = {}, environment = {} }: App = {}): string {
  return messages(
    pq13,
    nodeApp({
      environment: { API_URL: 'http://api', ...environment },
      packages: { undici: '7.30.2', ...packages },
      services: 'api: { image: shop/api:1 }',
      files: { 'web/src/call.ts': text },
    }),
  );
}

const undici = "import { Agent, Pool as Sockets } from 'undici';";
const http = "import http from 'node:http';";
const lacksLimit = 'web lacks the connections of Agent of undici 7.30.2 at most';

describe('PQ13', () => {
  it('finds an agent without a limit', () => {
    expect(coded(`${undici}\nexport const agent = new Agent({ keepAliveTimeout: 4e3 });`))
      .toMatchInlineSnapshot(`
        "web/src/call.ts:2:22 low PQ13
        web: Agent of undici 7.30.2 opens any number of connections to a callee, and nothing
        bounds the calls
          connections of Agent of undici 7.30.2 to one callee: no limit (default of undici 7.30.2)
        passes: a bound, such as 50 connections to each callee"
      `);
  });

  it('finds one whose limit is none, which somebody chose', () => {
    expect(coded(`${http}\nnew http.Agent({ maxSockets: Infinity });`)).toMatchInlineSnapshot(`
      "web/src/call.ts:2:1 medium PQ13
      web: Agent of Node 22.3.0 opens any number of connections to a callee, and nothing bounds
      the calls
        connections of Agent of Node 22.3.0 to one callee: no limit (web/src/call.ts:2)
      passes: a bound, such as 50 connections to each callee"
    `);
  });

  it('finds what the client does by itself', () => {
    expect(coded('', { packages: { undici: '7.30.2' } })).toMatchInlineSnapshot(`
      "web/package.json:1:68 low PQ13
      web: undici 7.30.2 opens any number of connections to a callee, and nothing bounds the
      calls
        connections of undici 7.30.2 to one callee: no limit (default of undici 7.30.2)
      passes: a bound, such as 50 connections to each callee"
    `);
  });

  it('knows agents by where they are imported from', () => {
    const text = `import http, { Agent as OfNode } from 'http';
import * as undici from 'undici';
import { Pool as Sockets, Agent } from 'undici';
import Keeping from 'agentkeepalive';
import { Agent as OfTravel } from 'travel';
const { Agent: OfHttps } = require('node:https');
const options = { connect: { timeout: 5 } };
new OfNode();
new undici.Pool(address, {});
new Sockets('http://api');
new Keeping(options);
new OfHttps(options);
new OfTravel();
`;
    const places = [...coded(text).matchAll(/^web\/src\/call\.ts:(\d+)/gm)].map(([, line]) => line);
    expect(places).toEqual(['8', '9', '10', '11', '12']);
  });

  it('is content with a limit', () => {
    const text = `${undici} ${http}
new Agent({ connections: 50 });
new http.Agent({ maxTotalSockets: 200 });
new http.Agent({ maxSockets: Infinity, maxTotalSockets: 9 });
`;
    expect(coded(text)).toBe('');
    expect(coded(`${http} http.globalAgent.maxSockets = 50;`)).toBe('');
    expect(coded("import { Client } from 'undici'; new Client('http://api');")).toBe('');
  });

  it('does not guess what only the running program knows', () => {
    const text = `${undici}
new Agent({ ...shared });
new Agent(optionsOf(process.env));
new Agent({ connections: Number(process.env.SOCKETS) });
new Agent({ factory });
new Agent({ allowH2: true });
`;
    expect(coded(text).split('\n\n')).toEqual(Array.from({ length: 5 }, () => lacksLimit));
  });

  it('is content where all calls have a limit on their way', () => {
    const environment = { API_MAX_IN_FLIGHT: '20' };
    expect(coded('', { environment })).toBe('');
    const more = { ...environment, CACHE_URL: 'redis://cache' };
    expect(coded('', { environment: more })).toBe('');
    const other = { ...environment, DESK_URL: 'http://db' };
    expect(coded('', { environment: other })).toBe('');
    expect(coded('', { environment: { API_MAX_IN_FLIGHT: 'many' } })).toContain('PQ13');
  });

  it('finds it where no call is known', () => {
    expect(coded('', { environment: { API_URL: '' } })).toContain('PQ13');
  });

  it('does not know what a limiter in the code does', () => {
    expect(coded('', { packages: { 'p-limit': '6.0.0' } })).toBe(
      'web lacks what its p-limit bounds: a seaworthy.yaml',
    );
  });
});
