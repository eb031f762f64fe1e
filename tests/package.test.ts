import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'seaworthy-package-'));
afterAll(() => rmSync(directory, { recursive: true }));

function run(command: string, given: readonly string[]): string {
  return execFileSync(command, given, { cwd: root, encoding: 'utf8' });
}

interface Packed {
  readonly name: string;
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** Where each package was packed to, by name. */
const tarballs = new Map<string, string>();
/** What is in it. */
const contents = new Map<string, readonly string[]>();

beforeAll(() => {
  const given = ['pack', '--json', '--pack-destination', directory, '-w', 'packages/policy'];
  const packed = run('npm', [...given, '-w', 'packages/seaworthy']);
  for (const { name, filename, files } of JSON.parse(packed) as Packed[]) {
    tarballs.set(name, join(directory, filename));
    contents.set(
      name,
      files.map(({ path }) => path),
    );
  }
}, 60_000);

describe.each([
  ['@seaworthy/policy', '@seaworthy/policy/testing'],
  ['seaworthy', 'seaworthy/policy'],
])('the package %s, as it is published', (name, entry) => {
  it('says what it is, and has its licence with it, as that asks for', () => {
    expect(contents.get(name)).toEqual(expect.arrayContaining(['README.md', 'LICENSE']));
  });

  it('is what bundlers and Node expect (publint)', () => {
    expect(run('node_modules/.bin/publint', [tarballs.get(name)!, '--strict'])).toContain(
      'All good!',
    );
  });

  it('has types that every resolver of ES modules finds (attw)', () => {
    // Fails where it finds a problem. Node 10 knows no exports; `require` gets the same module.
    const given = [tarballs.get(name)!, '--profile', 'esm-only', '--format', 'ascii', '--no-color'];
    expect(run('node_modules/.bin/attw', given)).toContain(entry);
  });
});
