import { execFile } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { TestServer } from './server.ts';

const run = promisify(execFile);

/** PostgreSQL refuses to run as root: then Debian's own user for it does. */
async function owner(): Promise<{ readonly uid: number; readonly gid: number }> {
  if (process.getuid!() !== 0) return userInfo();
  return { uid: await id('-u'), gid: await id('-g') };
}

async function id(of: '-u' | '-g'): Promise<number> {
  const { stdout } = await run('id', [of, 'postgres']);
  return Number(stdout);
}

/** It accepts connections before it can say more than that it is starting. */
async function isReady(program: string, port: number): Promise<boolean> {
  const given = ['-q', '-h', '127.0.0.1', '-p', `${port}`];
  const asked = run(join(dirname(program), 'pg_isready'), given);
  return asked.then(
    () => true,
    () => false,
  );
}

/** Nothing of it has to outlive a crash of the machine. */
const fast = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];

/** Runs a PostgreSQL of its own, with an empty database; `end` leaves nothing behind. */
export async function startPostgres(
  program: string,
): Promise<{ readonly server: TestServer; readonly url: string; end(): Promise<void> }> {
  const { uid, gid } = await owner();
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-postgres-'));
  chownSync(folder, uid, gid);
  const data = join(folder, 'data');
  const as = { uid, gid, cwd: folder };
  const made = [
    '--auth=trust',
    '--username=postgres',
    '--no-sync',
    '--locale=C',
    '--encoding=UTF8',
  ];
  await run(join(dirname(program), 'initdb'), [`--pgdata=${data}`, ...made], as);
  const server = await TestServer.start(
    (port) => [program, '-D', data, '-p', `${port}`, '-k', folder, '-h', '127.0.0.1', ...fast],
    { ...as, isReady: (port) => isReady(program, port) },
  );
  const end = async (): Promise<void> => {
    // At once, but with its children: killed, it would leave its shared memory.
    await server.kill('SIGQUIT');
    rmSync(folder, { recursive: true });
  };
  return { server, url: `postgres://postgres@127.0.0.1:${server.port}/postgres`, end };
}
