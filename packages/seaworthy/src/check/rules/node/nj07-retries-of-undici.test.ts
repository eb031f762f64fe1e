import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { nj07 } from './nj07-retries-of-undici.ts';

function client(code: string, packages: Readonly<Record<string, string>> = { undici: '7.30.0' }) {
  return messages(nj07, nodeApp({ packages, files: { 'web/client.js': `${code}\n` } }));
}

const own = 'methods: ["GET"], retry: withJitter';

describe('NJ07', () => {
  it('finds retries that nobody has chosen', () => {
    expect(client('export const agent = new RetryAgent(new Agent());')).toMatchInlineSnapshot(`
      "web/client.js:1:22 low NJ07
      web: its RetryAgent tries PUT and DELETE again as well, and waits without jitter, because
      nothing says otherwise
        retries of RetryAgent: 5 (default of undici 7.30.0)
        methods of RetryAgent: GET, HEAD, OPTIONS, PUT, DELETE, TRACE (default of undici 7.30.0)
        jitter of RetryAgent: none (default of undici 7.30.0)
      passes: \`methods\` and \`retry\` among its options"
    `);
  });

  it('says which of the two is left open', () => {
    expect(client('new RetryAgent(agent, { methods: ["GET"] })')).toMatchInlineSnapshot(`
      "web/client.js:1:1 low NJ07
      web: its RetryAgent waits without jitter, because nothing says otherwise
        retries of RetryAgent: 5 (default of undici 7.30.0)
        jitter of RetryAgent: none (default of undici 7.30.0)
      passes: \`retry\` among its options"
    `);
    const inFull = 'new RetryAgent(agent, { retry: withJitter, maxRetries: 2 })';
    expect(client(inFull)).toMatchInlineSnapshot(`
      "web/client.js:1:1 low NJ07
      web: its RetryAgent tries PUT and DELETE again as well, because nothing says otherwise
        retries of RetryAgent: 2 (web/client.js:1)
        methods of RetryAgent: GET, HEAD, OPTIONS, PUT, DELETE, TRACE (default of undici 7.30.0)
      passes: \`methods\` among its options"
    `);
    expect(client('new RetryAgent(agent, { maxRetries: some() })')).not.toContain('retries of');
  });

  it('knows the other ways to ask for retries', () => {
    expect(client('agent.compose(interceptors.retry())')).toContain('its interceptors.retry tries');
    expect(client('new undici.RetryHandler({ method: "GET" }, {})')).toContain('its RetryHandler');
    expect(client(`new RetryHandler({ retryOptions: { ${own} } }, {})`)).toBe('');
    expect(client(`agent.compose(undici.interceptors.retry({ ${own} }))`)).toBe('');
  });

  it('is content with both, and silent where it cannot know', () => {
    expect(client(`new RetryAgent(agent, { ${own} })`)).toBe('');
    expect(client(`const options = { ${own} }; new RetryAgent(agent, options)`)).toBe('');
    expect(client('new RetryAgent(agent, optionsOf("payments"))')).toBe('');
    expect(client('new RetryAgent(agent, { ...options })')).toBe('');
  });

  it('says what it lacks', () => {
    expect(client('new RetryAgent(agent)', { axios: '1.9.0' })).toBe(
      'web lacks the version of undici, by a package.json',
    );
  });
});
