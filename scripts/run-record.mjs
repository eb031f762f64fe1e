import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * The record that a run leaves: every file of the folder, by name.
 *
 * @param {string} node the binary to run it with
 * @param {string} file a model, relative to the repository
 * @param {readonly string[]} options of `seaworthy simulate`
 * @returns {Map<string, string>} in base64: what is compared is bytes
 */
export function runRecord(node, file, options) {
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-record-'));
  const command = ['packages/seaworthy/bin/seaworthy.js', 'simulate', file, ...options];
  try {
    execFileSync(node, [...command, '--progress', 'none', '--out', folder], {
      cwd: root,
      stdio: 'pipe',
    });
  } catch (error) {
    // 1 and 3 say only that objectives do not hold, or that so short a run cannot tell.
    const { status } = /** @type {{ status: number | null }} */ (error);
    if (status !== 1 && status !== 3) throw error;
  }
  const record = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted()
      .map((path) => [path.slice(folder.length), readFileSync(path, 'base64')]),
  );
  rmSync(folder, { recursive: true });
  return record;
}
