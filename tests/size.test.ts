import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

it('the library weighs no more in a bundle than scripts/size.mjs allows', () => {
  const { stdout, stderr, status } = spawnSync('node', ['scripts/size.mjs'], { cwd: root });
  expect(stderr.toString()).toBe('');
  expect(stdout.toString()).toMatch(/^policy, with every option +\d+\.\d kB minified/);
  expect(status).toBe(0);
}, 60_000);
