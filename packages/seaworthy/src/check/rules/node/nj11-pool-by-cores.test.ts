import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { nj11 } from './nj11-pool-by-cores.ts';

interface Workers {
  readonly command?: string;
  readonly code?: string;
  readonly variables?: Readonly<Record<string, string>>;
}

function workers({ command = 'node server.js', code = '', variables = {} }: Workers) {
  return nodeApp({
    environment: { DATABASE_URL: 'postgres://db/shop', ...variables },
    packages: { pg: '8.16.3' },
    web: `command: ${command}`,
    files: { 'web/server.js': `${code}\n` },
  });
}

const forks = 'for (let i = 0; i < os.cpus().length; i++) cluster.fork();';

describe('NJ11', () => {
  it('finds workers that the machine counts', () => {
    const command = 'pm2-runtime start server.js -i max';
    expect(messages(nj11, workers({ command }))).toMatchInlineSnapshot(`
      "compose.yaml:7:14 high NJ11
      web: each core of its node makes one more pool of 10 connections to db
        workers: pm2 -i max (compose.yaml:7)
        size of the pool: 10 (default of pg 8.16.3)
      passes: a number of workers, such as 2"
    `);
    expect(messages(nj11, workers({ code: forks }))).toMatchInlineSnapshot(`
      "web/server.js:1:44 high NJ11
      web: each core of its node makes one more pool of 10 connections to db
        workers: a fork for each of os.cpus() (web/server.js:1)
        size of the pool: 10 (default of pg 8.16.3)
      passes: a number of workers, such as 2"
    `);
  });

  it.each(['max', '0', '-1'])('knows that %s is as many as there are', (instances) => {
    const command = `pm2-runtime --instances ${instances} server.js`;
    expect(messages(nj11, workers({ command }))).toContain('NJ11');
  });

  it('is content with a number, and with no pool', () => {
    const landscape = workers({ command: 'pm2-runtime server.js -i 2' });
    expect(messages(nj11, landscape)).toBe('');
    expect(landscape.pools.map(({ processes }) => processes.value)).toEqual([2]);
    const command = 'pm2-runtime server.js -i max';
    expect(messages(nj11, { ...workers({ command }), pools: [] })).toBe('');
    const elsewhere = workers({ command }).pools.map((pool) => ({ ...pool, owner: 'api' }));
    expect(messages(nj11, { ...workers({ command }), pools: elsewhere })).toBe('');
    const code = 'for (let i = 0; i < 2; i++) cluster.fork();';
    expect(messages(nj11, workers({ code }))).toBe('');
    expect(messages(nj11, workers({ code: forks, variables: { WORKERS: '2' } }))).toBe('');
  });
});
