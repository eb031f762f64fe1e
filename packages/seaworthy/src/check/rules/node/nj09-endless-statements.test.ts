import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { nj09 } from './nj09-endless-statements.ts';

function pool(variables: Readonly<Record<string, string>>): string {
  const environment = { DATABASE_URL: 'postgres://db/shop', ...variables };
  return messages(nj09, nodeApp({ environment, packages: { pg: '8.16.3' } }));
}

describe('NJ09', () => {
  it('finds statements that may run for ever', () => {
    expect(pool({})).toMatchInlineSnapshot(`
      "compose.yaml:5:5 medium NJ09
      web: pg 8.16.3 lets a statement at db run for ever
        timeout of a statement of pg 8.16.3: for ever (default of pg 8.16.3)
      passes: statement_timeout of 5 s"
    `);
  });

  it('is content with a timeout', () => {
    expect(pool({ DATABASE_STATEMENT_TIMEOUT_MS: '5000' })).toBe('');
  });
});
