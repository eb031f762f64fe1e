import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { pq12 } from './pq12-endless-connections.ts';

function pool(variables: Readonly<Record<string, string>>): string {
  const environment = { DATABASE_URL: 'postgres://db/shop', ...variables };
  return messages(pq12, nodeApp({ environment, packages: { pg: '8.16.3' } }));
}

describe('PQ12', () => {
  it('finds connections that live for ever', () => {
    expect(pool({})).toMatchInlineSnapshot(`
      "compose.yaml:5:5 low PQ12
      web: pg 8.16.3 keeps its connections to db for ever
        longest life of a connection of pg 8.16.3: for ever (default of pg 8.16.3)
      passes: 10 min"
    `);
  });

  it('is content with an end of their lives', () => {
    expect(pool({ DATABASE_MAX_LIFETIME_SECONDS: '600' })).toBe('');
  });
});
