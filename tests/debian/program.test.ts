import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { debianProgram } from './program.ts';

const redis = await debianProgram('redis-server', 'that programs of Debian are found');

describe.skipIf(redis === undefined)('a program of Debian', () => {
  it('is found, and runs', () => {
    expect(execFileSync(redis!, ['--version'], { encoding: 'utf8' })).toContain('Redis server v=');
  });

  it('is asked for by any number at once', async () => {
    const asked = Array.from({ length: 20 }, () => debianProgram('redis-server', 'this test'));
    expect(await Promise.all(asked)).toEqual(Array.from({ length: 20 }, () => redis));
  });
});
