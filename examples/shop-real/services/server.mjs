// Runs a server that is no program of Node's, and ends with it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where a program is; `STAND_INS=yes` in the environment has none of them installed.
 *
 * @param {string} name
 * @param {readonly string[]} folders
 */
export function program(name, folders) {
  if (process.env['STAND_INS'] === 'yes') return undefined;
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/**
 * @param {string} path
 * @param {readonly string[]} given
 * @param {import('node:child_process').SpawnOptions} [options]
 * @param {() => void} [after]
 */
export function runs(path, given, options, after) {
  const child = spawn(path, given, { stdio: 'inherit', ...options });
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill('SIGINT'));
  child.on('exit', (code) => {
    after?.();
    process.exit(code ?? 1);
  });
}
