import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { pq05 } from './pq05-endless-wait.ts';

function wait(variables: Readonly<Record<string, string>>, packages = { pg: '8.16.3' }): string {
  const environment = {
    DATABASE_URL: 'postgres://db/shop',
    DATABASE_POOL_SIZE: '10',
    ...variables,
  };
  const services =
    'gate: { image: x:1, environment: { WEB_URL: "http://web", WEB_TIMEOUT_MS: "2000" } }';
  return messages(pq05, nodeApp({ environment, packages, services }));
}

describe('PQ05', () => {
  it('finds a pool that waits for ever, by the default of its driver', () => {
    expect(wait({})).toMatchInlineSnapshot(`
      "compose.yaml:6:76 medium PQ05
      web: pg 8.16.3 waits for a free connection to db for ever
        wait for a connection of pg 8.16.3: for ever (default of pg 8.16.3)
      passes: a wait below 2 s; a quarter of it is plenty"
    `);
  });

  it('finds a wait that is longer than that of the callers', () => {
    expect(wait({ DATABASE_POOL_TIMEOUT_MS: '2000' })).toMatchInlineSnapshot(`
      "compose.yaml:6:108 high PQ05
      web: pg 8.16.3 waits 2 s for a connection to db, and callers wait 2 s for the answer
        wait for a connection of pg 8.16.3: 2 s (compose.yaml:6)
        timeout of an attempt of gate -> web: 2 s (compose.yaml:8)
      passes: a wait below 2 s; a quarter of it is plenty"
    `);
    expect(wait({ DATABASE_POOL_TIMEOUT_MS: '1999' })).toBe('');
  });
});
