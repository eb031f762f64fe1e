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

describe.each([
  ['@seaworthy/policy', '@seaworthy/policy/testing'],
  ['seaworthy', 'seaworthy/policy'],
])('the package %s, as it is published', (name, entry) => {
  let tarball = '';

  beforeAll(() => {
    const given = ['pack', '--json', '--pack-destination', directory, '-w', name];
    const [{ filename }] = JSON.parse(run('npm', given)) as [{ filename: string }];
    tarball = join(directory, filename);
  }, 60_000);

  it('is what bundlers and Node expect (publint)', () => {
    expect(run('node_modules/.bin/publint', [tarball, '--strict'])).toContain('All good!');
  });

  it('has types that every resolver of ES modules finds (attw)', () => {
    // Fails where it finds a problem. Node 10 knows no exports; `require` gets the same module.
    const given = [tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-color'];
    expect(run('node_modules/.bin/attw', given)).toContain(entry);
  });
});
