import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { lc23 } from './lc23-ends-with-a-connection.ts';

function code(text: string, more: Readonly<Record<string, string>> = {}): string {
  return messages(
    lc23,
    nodeApp({
      packages: { pg: '8.16.3' },
      web: 'restart: always',
      files: { 'web/db.js': `${text}\n`, ...more },
    }),
  );
}

const pool = "import pg from 'pg';\nconst pool = new pg.Pool();";

describe('LC23', () => {
  it('finds a process that exits with a connection', () => {
    const exits = "pool.on('error', (error) => {\n  log(error);\n  process.exit(-1);\n});";
    expect(code(`${pool}\n${exits}`)).toMatchInlineSnapshot(`
      "web/db.js:5:3 medium LC23
      web: it exits when a connection of its pg.Pool breaks, and all its replicas do so together
        on an error of pg.Pool: process.exit (web/db.js:5)
        restart of web: always (compose.yaml:7)
      passes: pool.on('error', log): the pool replaces what broke"
    `);
  });

  it('finds a pool whose errors nobody hears', () => {
    expect(code(pool)).toMatchInlineSnapshot(`
      "web/db.js:2:14 medium LC23
      web: nothing listens to the errors of its pool, and Node ends with an idle connection that
      breaks
        on an error of the pool: no listener (web/db.js:2)
        restart of web: always (compose.yaml:7)
      passes: pool.on('error', log): the pool replaces what broke"
    `);
    expect(code("const { Pool } = require('pg');\nnew Pool({ max: 5 });")).toContain('LC23');
  });

  it('is content with a listener, wherever it is', () => {
    expect(code(`${pool}\npool.on('error', log);`)).toBe('');
    expect(code(pool, { 'web/errors.js': "pool.on('error', (error) => log(error));\n" })).toBe('');
    expect(code(pool, { 'web/main.js': "process.on('uncaughtException', log);\n" })).toBe('');
  });

  it('tells once of code that several platforms run', () => {
    const told = code(pool, {
      'web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { template: { spec: { containers: [{ name: web, image: 'shop/web:1' }] } } }
`,
    });
    expect(told.match(/LC23/g)).toHaveLength(1);
  });

  it('does not take the code of pages for that of the server', () => {
    const page = "socket.on('error', () => show('gone'));\n";
    expect(code(pool, { 'web/public/page.js': page })).toContain('LC23');
    expect(code(pool, { 'web/publican/page.js': page })).toBe('');
  });

  it('leaves alone what is run once', () => {
    expect(code('', { 'web/scripts/fill.js': pool })).toBe('');
    expect(code('', { 'web/scriptures/fill.js': pool })).toContain('LC23');
  });

  it('leaves other pools and other ends alone', () => {
    expect(code("import { Pool } from 'undici';\nnew Pool('http://api');")).toBe('');
    const server =
      "const server = http.createServer();\nserver.on('error', () => process.exit(1));";
    expect(code(server)).toBe('');
    expect(code(`${pool}\npool.on('error', log);\nstop.on('signal', () => process.exit(0));`)).toBe(
      '',
    );
    const redis = "const cache = createClient();\ncache.once('error', () => process.exit(1));";
    expect(code(redis)).toContain('a connection of its createClient breaks');
  });
});
