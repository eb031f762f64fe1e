import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { otherNode } from '../scripts/other-node.mjs';

const root = resolve(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'seaworthy-determinism-'));
const other = otherNode();

afterAll(() => rmSync(scratch, { recursive: true }));

/** The record that a run of an example leaves: every file of the folder, by name. */
function record(node: string, name: string, seed: string): Map<string, string> {
  const folder = join(scratch, name);
  const command = ['packages/seaworthy/bin/seaworthy.js', 'simulate'];
  const file = 'examples/retry-storm/fixed.yaml';
  const short = ['--for', '90s', '--replications', '2', '--seed', seed, '--progress', 'none'];
  try {
    execFileSync(node, [...command, file, ...short, '--out', folder], { cwd: root, stdio: 'pipe' });
  } catch (error) {
    // 1 says only that an objective does not hold so soon.
    if ((error as { status: number }).status !== 1) throw error;
  }
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted()
      .map((path) => [path.slice(folder.length), readFileSync(path, 'base64')]),
  );
}

describe('one seed gives one record, to the byte', () => {
  const first = record(process.execPath, 'first', '7');

  it('has something in it', () => {
    expect(first.size).toBeGreaterThan(0);
  });

  it('over two runs', () => {
    expect(record(process.execPath, 'second', '7')).toEqual(first);
  });

  it('and another seed another one', () => {
    expect(record(process.execPath, 'third', '8')).not.toEqual(first);
  });

  it.skipIf(other === undefined)('on another major version of Node', () => {
    expect(record(other ?? 'none', 'other', '7')).toEqual(first);
  });
});
