// Takes three popular HTTP servers of npm through the battery of trials, and prints a scorecard of
// each. They have a package.json of their own in battery/, and are installed the first time.
//
//   npm run battery                         all three, within five minutes
//   npm run battery -- static --for 5s      one of them; the rest is for seaworthy rehearse

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = fileURLToPath(new URL('../battery', import.meta.url));
const seaworthy = fileURLToPath(new URL('../packages/seaworthy/bin/seaworthy.js', import.meta.url));
const modules = join(home, 'node_modules');

/**
 * What each is, and how it is started on a port of its own.
 *
 * @typedef {{
 *   what: string;
 *   path: string;
 *   behind?: (port: number) => string[];
 *   command: (port: number, upstream: string) => string[];
 * }} Server
 * @type {Readonly<Record<string, Server>>}
 */
const servers = {
  static: {
    what: 'sirv-cli, a static file server',
    path: '/',
    command: sirv,
  },
  json: {
    what: 'json-server, a JSON API',
    path: '/ships/2',
    command: (port) => [
      process.execPath,
      join(modules, 'json-server/lib/cli/bin.js'),
      join(home, 'db.json'),
      ...listenOptions(port),
    ],
  },
  proxy: {
    what: 'http-proxy, a reverse proxy, in front of sirv-cli',
    path: '/',
    behind: sirv,
    command: (_port, upstream) => [process.execPath, join(home, 'proxy.cjs'), upstream],
  },
};

/** @param {number} port */
function sirv(port) {
  return [
    process.execPath,
    join(modules, 'sirv-cli/bin.js'),
    join(home, 'public'),
    ...listenOptions(port),
  ];
}

/** @param {number} port */
function listenOptions(port) {
  return ['--port', String(port), '--host', '127.0.0.1', '--quiet'];
}

/** A finding is no failure here: what counts is that there is a scorecard. */
const scorecardCodes = [0, 1, 3];

const words = process.argv.slice(2);
const named = words.filter((word) => word in servers);
const rest = words.filter((word) => !(word in servers));
if (!rest.includes('--for')) rest.push('--for', '2s');

if (!existsSync(modules)) {
  const installed = spawnSync('npm', ['ci', '--ignore-scripts', '--silent'], { cwd: home });
  if (installed.status !== 0) throw new Error(String(installed.stderr));
}

const folder = mkdtempSync(join(tmpdir(), 'seaworthy-battery-'));
try {
  const asked = Object.entries(servers).filter(
    ([name]) => named.length === 0 || named.includes(name),
  );
  for (const [, server] of asked) await runOne(server);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param {Server} server */
async function runOne({ what, path, command, behind }) {
  process.stdout.write(`\n${what}\n\n`);
  const port = await freePort();
  const behindPort = await freePort();
  const upstream = `http://127.0.0.1:${behindPort}`;
  const callee = behind && start(behind(behindPort), 'ignore');
  try {
    if (callee !== undefined) await listening(behindPort);
    const dependency = callee === undefined ? [] : ['--dependency', upstream];
    const target = ['--target', `http://127.0.0.1:${port}${path}`];
    const args = ['rehearse', ...target, ...dependency, ...rest, '--', ...command(port, upstream)];
    const child = start([process.execPath, seaworthy, ...args], 'inherit');
    const code = await new Promise((resolve) => void child.on('close', resolve));
    if (!scorecardCodes.includes(code)) process.exitCode = 1;
  } finally {
    callee?.kill('SIGKILL');
  }
}

/**
 * @param {readonly string[]} command
 * @param {'ignore' | 'inherit'} stdio
 */
function start([program = '', ...args], stdio) {
  return spawn(program, args, { cwd: folder, stdio });
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/** @param {number} port */
async function listening(port) {
  for (;;) {
    const isThere = await new Promise((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' }, () => resolve(true));
      socket.on('connect', () => socket.destroy()).on('error', () => resolve(false));
    });
    if (isThere) return;
    await new Promise((resolve) => void setTimeout(resolve, 50));
  }
}
