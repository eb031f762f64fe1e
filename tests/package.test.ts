import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'seaworthy-package-'));
let tarball = '';

function run(command: string, given: readonly string[]): string {
  return execFileSync(command, given, { cwd: root, encoding: 'utf8' });
}

describe('the package of the library, as it is published', () => {
  beforeAll(() => {
    const given = ['pack', '--json', '--pack-destination', directory, '-w', '@seaworthy/policy'];
    const [{ filename }] = JSON.parse(run('npm', given)) as [{ filename: string }];
    tarball = join(directory, filename);
  });

  afterAll(() => rmSync(directory, { recursive: true }));

  it('is what bundlers and Node expect (publint)', () => {
    expect(run('node_modules/.bin/publint', [tarball, '--strict'])).toContain('All good!');
  });

  it('has types that every resolver of ES modules finds (attw)', () => {
    // Fails where it finds a problem. Node 10 knows no exports; `require` gets the same module.
    const given = [tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-color'];
    const report = run('node_modules/.bin/attw', given);
    expect(report).toContain('@seaworthy/policy/testing');
  });
});
