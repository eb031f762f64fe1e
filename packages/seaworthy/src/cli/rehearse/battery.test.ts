import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { interruptAt, isRunning, Workplace } from '../testing/command-line.ts';

const workplace = new Workplace();
afterAll(() => workplace.remove());

/** A port on which nobody listens. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

describe('seaworthy rehearse --target', () => {
  it('says where a dependency is to be called, and that the target does not run', async () => {
    const [port, dependency] = [await freePort(), await freePort()];
    const target = `http://127.0.0.1:${port}/`;
    const url = `http://127.0.0.1:${dependency}`;
    const words = ['rehearse', '--target', target, '--dependency', url, '--progress', 'none'];
    const { code, stdout, stderr } = await workplace.run(words);
    const proxy = dependency + 10_000 > 65_535 ? dependency - 10_000 : dependency + 10_000;
    expect(stderr).toBe(
      `port-${dependency}: 127.0.0.1:${proxy} -> 127.0.0.1:${dependency}\n` +
        `  point the target at 127.0.0.1:${proxy}: it runs already\n` +
        `error: target: nothing takes connections at 127.0.0.1:${port}\n` +
        'start it first; what starts the target may follow after --\n',
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('ends on Ctrl-C with what there is, and nothing left behind', async () => {
    const [port, dependency] = [await freePort(), await freePort()];
    workplace.write(
      'web.cjs',
      `require('node:fs').writeFileSync('pid', String(process.pid));
require('node:http').createServer((_, response) => response.end()).listen(${port});`,
    );
    const callee = createServer().listen(dependency, '127.0.0.1');
    const target = ['--target', `http://127.0.0.1:${port}/`];
    const words = ['rehearse', ...target, '--dependency', `http://127.0.0.1:${dependency}`];
    const { code, stdout } = await workplace.run(
      [...words, '--progress', 'none', '--', 'node', 'web.cjs'],
      {},
      // Told when all is up, and the first look begins.
      interruptAt('point the target'),
    );
    callee.close();
    expect(code).toBe(130);
    expect(stdout).toContain('INCONCLUSIVE  target (interrupted): no trial was run');
    const pid = Number(readFileSync(join(workplace.folder, 'pid'), 'utf8'));
    expect(isRunning(pid)).toBe(false);
  });

  it.each([
    [['--target', 'http://example.org/'], 'example.org is another machine'],
    [['--target', 'http://127.0.0.1:1/', '--report'], 'option --report is for the scenarios'],
    [['--dependency', 'DATABASE_URL'], 'option --dependency needs --target'],
  ])('refuses %j', async (words, why) => {
    const { code, stdout, stderr } = await workplace.run(['rehearse', ...words]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(why);
  });
});
