import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { systemClock } from '@seaworthy/policy/engine';
import { afterAll, describe, expect, it, vi } from 'vitest';

import { Stage } from '../../../dist/rehearse/stage/stage.js';
import { readModel } from '../../model/read.ts';

const folder = mkdtempSync(join(tmpdir(), 'seaworthy-stage-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Answers with its process number; `/end` ends it, `/escape` starts what leaves its group. */
writeFileSync(
  join(folder, 'server.mjs'),
  `import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
createServer((request, response) => {
  if (request.url === '/end') process.exit(3);
  if (request.url !== '/escape') return response.end(String(process.pid));
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  response.end(String(child.pid));
}).listen(process.env.PORT);
`,
);

async function opened(service: string) {
  const text = `seaworthy: 1
name: test
services: { web: ${service} }
traffic: { users: { to: web, rate: 1/s } }
`;
  const told: string[] = [];
  const stage = await Stage.open(readModel(text, 'test.yaml', {}).model, {
    clock: systemClock,
    seed: 1,
    folder,
    outputFolder: undefined,
    signal: new AbortController().signal,
    onCrash: (replica, how) => told.push(`${replica} ${how}`),
    onBack: (replica) => told.push(`${replica} is back`),
  });
  return { stage, told };
}

/** What the process says that a new connection through the proxy leads to. */
function ask(stage: Stage, path = '/'): Promise<string> {
  const { port } = stage.proxies.get('users -> web')!.listen;
  return new Promise((resolve) => {
    const request = get({ port, host: '127.0.0.1', path, agent: false }, (response) => {
      response.setEncoding('utf8').on('data', resolve);
    });
    request.on('error', () => resolve('nobody'));
  });
}

function isRunning(pid: string): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' });
  return stdout !== '' && !stdout.startsWith('Z');
}

describe('the stage', () => {
  it('ends what its processes have started, in whatever session', async () => {
    const { stage } = await opened('{ run: node server.mjs }');
    const [own, escaped] = [await ask(stage), await ask(stage, '/escape')];
    expect([own, escaped].map(isRunning)).toEqual([true, true]);
    await stage.close();
    await vi.waitFor(() => expect([own, escaped].filter(isRunning)).toEqual([]), 10_000);
  });

  it('deals connections to replicas in turn, and leaves out those that are not there', async () => {
    const { stage } = await opened('{ run: node server.mjs, replicas: 2 }');
    try {
      const pids = [await ask(stage), await ask(stage), await ask(stage)];
      expect(new Set(pids).size).toBe(2);
      expect(pids[2]).toBe(pids[0]);
      await stage.replicas[0]![1]!.kill();
      const left = [await ask(stage), await ask(stage), await ask(stage)];
      expect(new Set(left).size).toBe(1);
      expect(pids).toContain(left[0]);
    } finally {
      await stage.close();
    }
  });

  it('starts again what ends by itself', async () => {
    const { stage, told } = await opened('{ run: node server.mjs }');
    try {
      const before = await ask(stage);
      expect(await ask(stage, '/end')).toBe('nobody');
      await vi.waitFor(() => expect(told).toHaveLength(2), 60_000);
      expect(told).toEqual(['web ended with code 3', 'web is back']);
      const after = await ask(stage);
      expect([before, 'nobody']).not.toContain(after);
      await stage.replicas[0]![0]!.start(new AbortController().signal);
      expect(await ask(stage)).toBe(after);
    } finally {
      await stage.close();
    }
  });

  it('says what a process printed that did not come up', async () => {
    const opening = opened("{ run: { command: 'echo no luck; exit 7', ready: { within: 20s } } }");
    await expect(opening).rejects.toMatchObject({
      name: 'StageError',
      message: 'web ended with code 7',
      path: ['services', 'web', 'run'],
      details: ['no luck'],
    });
  });
});
