import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { nj02 } from './nj02-timeouts-of-a-server.ts';

function server(node: string, code: string): string {
  const manifest = { name: 'web', engines: { node }, dependencies: { express: '4.18.0' } };
  return messages(
    nj02,
    nodeApp({
      files: { 'web/package.json': JSON.stringify(manifest), 'web/server.js': `${code}\n` },
    }),
  );
}

describe('NJ02', () => {
  it('finds an old Node that cuts off what comes late', () => {
    expect(server('12.18.4', 'server.keepAliveTimeout = 65_000;')).toMatchInlineSnapshot(`
      "web/server.js:1:27 medium NJ02
      web: it keeps idle connections for 65 s, and Node 12.18.4 cuts off a request that begins
      more than 60 s after the one before
        keep-alive time of web: 65 s (web/server.js:1)
        timeout of headers of web: 60 s (default of Node 12.18.4)
        Node of web: 12.18.4 (web/package.json:1)
      passes: a headersTimeout above 65 s, or Node 12.19.0"
    `);
    expect(server('12.18.4', 'server.keepAliveTimeout = 60_000;')).toContain('medium NJ02');
    expect(server('12.18.4', 'server.keepAliveTimeout = 59_999;')).toBe('');
    const both = 'server.keepAliveTimeout = 65_000; server.headersTimeout = 65_000;';
    expect(server('12.18.4', both)).toContain('high NJ02');
    expect(server('12.19.0', both)).toBe('');
  });

  it('finds times that a new Node swaps', () => {
    const code = 'const server = http.createServer(app); server.headersTimeout = 360_000;';
    expect(server('22.3.0', code)).toMatchInlineSnapshot(`
      "web/server.js:1:64 low NJ02
      web: Node 22.3.0 swaps its timeouts: headers have 300 s, and a request 360 s
        timeout of headers of web: 360 s (web/server.js:1)
        timeout of a request of web: 300 s (default of Node 22.3.0)
      passes: a headersTimeout of 300 s or less, or a longer requestTimeout"
    `);
    expect(server('22.3.0', 'server.headersTimeout = 300_000;')).toBe('');
    expect(server('18.0.0', code)).toContain('swaps');
    expect(server('22.3.0', `${code} server.requestTimeout = 360_000;`)).toBe('');
    expect(server('16.20.0', code)).not.toContain('swaps');
  });

  it('finds a server that waits for a request for ever', () => {
    const code = 'http.createServer({ requestTimeout: 0 }, app).listen(8080);';
    expect(server('22.3.0', code)).toMatchInlineSnapshot(`
      "web/server.js:1:37 medium NJ02
      web: a request may take for ever to arrive, and keeps its connection as long
        timeout of a request of web: for ever (web/server.js:1)
      passes: a requestTimeout of 300 s, as Node has it by itself since version 18"
    `);
    expect(server('16.20.0', 'app.listen(8080, "::", onError);')).toContain('low NJ02');
    expect(server('22.3.0', 'http.createServer({ requestTimeout: 120_000 }).listen(1);')).toBe('');
    expect(server('22.3.0', 'http.createServer({ headersTimeout: 0 }).listen(1);')).toBe('');
  });
});
