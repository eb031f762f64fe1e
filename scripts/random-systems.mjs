import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What each system is held to: see simulate/testing/invariants.ts. */
const laws = [
  "Little's law on every service, queue and call",
  'every task settles exactly once, and nothing follows',
  'attempts stay within caps and budgets, slots within limits',
  'nothing is left when the traffic has ended',
];

/**
 * Holds so many random systems, any that a file can describe, to the laws of the engine, and prints
 * a row for each law. The first system that breaks one is printed with its seed.
 *
 * @param {number} count
 * @returns {boolean} Whether all of them kept all laws.
 */
export function checkRandomSystems(count) {
  console.log(`\n${count.toLocaleString('en-US')} random systems`);
  const { status, stdout, stderr } = spawnSync(
    `${root}node_modules/.bin/vitest`,
    ['run', 'packages/seaworthy/src/simulate/random-systems.props.ts'],
    { cwd: root, env: { ...process.env, RANDOM_SYSTEMS: String(count), NO_COLOR: '1' } },
  );
  const ok = status === 0;
  for (const law of laws) console.log(`  ${law.padEnd(58)}  ${ok ? 'ok' : 'OUT'}`);
  if (!ok) console.log(`\n${String(stdout)}${String(stderr)}`);
  return ok;
}
