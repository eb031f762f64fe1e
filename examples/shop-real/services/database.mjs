// Runs PostgreSQL where it is installed, on `PORT`, with a new and empty database. Elsewhere a
// process that speaks as much of its protocol as the shop needs stands in for it, and says so.
import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { program, runs } from './server.mjs';
import { standIn } from './postgres-stand-in.mjs';

const port = Number(process.env['PORT'] ?? 5432);
const debian = '/usr/lib/postgresql';
const versions = existsSync(debian) ? readdirSync(debian).toSorted().toReversed() : [];
const folders = versions.map((version) => join(debian, version, 'bin'));
const postgres = program('postgres', [...folders, '/usr/local/bin', '/opt/homebrew/bin']);

if (postgres === undefined) {
  console.warn('PostgreSQL is not installed: a plain process stands in for it');
  standIn(port);
} else {
  start(postgres);
}

/** @param {string} path */
function start(path) {
  const folder = mkdtempSync(join(tmpdir(), 'shop-real-'));
  const data = join(folder, 'data');
  const as = { ...owner(), cwd: folder };
  chownSync(folder, as.uid, as.gid);
  const plain = ['--auth=trust', '--username=postgres', '--no-sync', '--locale=C'];
  execFileSync(join(dirname(path), 'initdb'), [`--pgdata=${data}`, ...plain], as);
  const table = 'CREATE TABLE orders (id bigserial PRIMARY KEY, tax numeric NOT NULL)';
  execFileSync(path, ['--single', '-D', data, 'postgres'], { ...as, input: `${table};\n` });
  // Nothing of it has to outlive a crash of the machine.
  const fast = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];
  const listen = ['-h', '127.0.0.1', '-p', `${port}`, '-k', folder];
  runs(path, ['-D', data, ...listen, ...fast], as, () => rmSync(folder, { recursive: true }));
}

/** It refuses to run as root: then Debian's own user for it does. */
function owner() {
  const { uid, gid } = userInfo();
  if (uid !== 0) return { uid, gid };
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** @param {'-u' | '-g'} what */
function idOf(what) {
  return Number(execFileSync('id', [what, 'postgres']));
}
