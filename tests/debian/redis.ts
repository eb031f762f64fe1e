import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestServer } from './server.ts';

/** Runs a Redis of its own, in an empty folder; `end` leaves nothing behind. */
export async function startRedis(
  program: string,
): Promise<{ readonly server: TestServer; readonly url: string; end(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-redis-'));
  const quiet = ['--save', '', '--appendonly', 'no', '--bind', '127.0.0.1'];
  const server = await TestServer.start(
    (port) => [program, '--port', `${port}`, '--dir', folder, ...quiet],
    { cwd: folder },
  );
  const end = async (): Promise<void> => {
    await server.kill();
    rmSync(folder, { recursive: true });
  };
  return { server, url: `redis://127.0.0.1:${server.port}`, end };
}
