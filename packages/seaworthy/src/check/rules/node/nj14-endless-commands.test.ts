import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { nj14 } from './nj14-endless-commands.ts';

function cache(packages: Readonly<Record<string, string>>, variables = {}): string {
  const environment = { CACHE_URL: 'redis://cache', ...variables };
  return messages(nj14, nodeApp({ environment, packages }));
}

describe('NJ14', () => {
  it('finds a client that waits for every answer', () => {
    expect(cache({ redis: '5.0.0' })).toMatchInlineSnapshot(`
      "compose.yaml:5:5 low NJ14
      web: redis 5.0.0 waits for the answer to a command from cache for ever
        timeout of a command of redis 5.0.0: for ever (default of redis 5.0.0)
      passes: a timeout of 50 ms"
    `);
  });

  it('is content with a timeout, and leaves one that gives up by itself to CA06', () => {
    expect(cache({ redis: '5.0.0' }, { CACHE_COMMAND_TIMEOUT_MS: '50' })).toBe('');
    expect(cache({ ioredis: '5.4.1' })).toBe('');
  });
});
