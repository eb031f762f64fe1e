import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('a short soak leaves no handle, timer, listener or slot behind', () => {
  const given = ['--expose-gc', 'scripts/soak.mjs', '--calls', '3000'];
  const { status, stdout, stderr } = spawnSync(process.execPath, given, { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout).toMatch(/succeeded \d+/);
  expect(stdout).toContain('; 0 of 10 readings with handles, timers, listeners or slots left');
  expect(status).toBe(0);
});
