import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Debian's packages that tests run for real, and where each has its program. */
const places = {
  chromium: () => ['/usr/bin/chromium'],
  nginx: () => ['/usr/sbin/nginx'],
  postgresql: () => postgresVersions().map((version) => `${postgresHome}/${version}/bin/postgres`),
  'redis-server': () => ['/usr/bin/redis-server'],
  wrk: () => ['/usr/bin/wrk'],
};

export type DebianPackage = keyof typeof places;

const postgresHome = '/usr/lib/postgresql';
/** More than a slow mirror needs for the largest of them, less than a test may hang. */
const installMaxSeconds = 300;

/** The newest first. */
function postgresVersions(): string[] {
  if (!existsSync(postgresHome)) return [];
  return readdirSync(postgresHome).toSorted((a, b) => Number(b) - Number(a));
}

function find(of: DebianPackage): string | undefined {
  return places[of]().find((path) => existsSync(path));
}

/**
 * The path of the program of a package of Debian, which is installed when it is missing and root
 * runs the tests. Where it cannot be had this is undefined, a loud line has said why, and the
 * tests that need it are to be skipped:
 *
 *     const redis = await debianProgram('redis-server', 'the recipe for node-redis');
 *     describe.skipIf(redis === undefined)(...)
 */
export async function debianProgram(
  of: DebianPackage,
  wantedFor: string,
): Promise<string | undefined> {
  const present = find(of);
  if (present !== undefined) return present;
  const why = whyNotHere() ?? (await install(of));
  const installed = find(of);
  // `npm test` shows lines that begin so, even of a run that passed.
  if (installed === undefined) console.warn(`SKIPPED: ${wantedFor}, for want of ${of}: ${why}`);
  return installed;
}

function whyNotHere(): string | undefined {
  if (!existsSync('/usr/bin/apt-get')) return 'there is no apt-get here to install it with';
  if (process.getuid?.() !== 0) return 'run "apt-get install" for it, or the tests as root';
  return undefined;
}

/** One at a time, whoever else runs tests on this machine; those after the first find it there. */
const script = `
dpkg --status "$1" 2>/dev/null | grep -q '^Status: install ok installed' && exit 0
apt-get update --quiet && apt-get install --quiet --yes --no-install-recommends "$1"
`;

/** Why it was not installed, if it was not: the last that was said. */
async function install(of: DebianPackage): Promise<string> {
  const lock = join(tmpdir(), 'seaworthy-apt-get.lock');
  const command = ['flock', lock, 'sh', '-c', script, 'sh', of];
  const given = ['--kill-after=10', `${installMaxSeconds}`, ...command];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  try {
    const { stdout } = await promisify(execFile)('timeout', given, { env });
    return lastLine(stdout);
  } catch (error) {
    const { code, stderr } = error as { code: unknown; stderr: string };
    // As `timeout` ends when time ran out.
    if (code === 124) return `apt-get did not end within ${installMaxSeconds} s`;
    return lastLine(stderr) || String(error);
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)!;
}
