// Everything a change must pass, stage by stage; one line each, and the output of those that fail.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const testResults = `${root}node_modules/.cache/tests.json`;

/** @typedef {{ name: string, command: string, given: readonly string[] }} Stage */

/**
 * One group after the other; the stages of a group together, for most of them use one core only.
 *
 * @type {readonly (readonly Stage[])[]}
 */
const groups = [
  [{ name: 'types', command: 'tsc', given: ['-b'] }],
  [
    { name: 'bundle', command: 'vite', given: ['build', 'packages/seaworthy'] },
    { name: 'page', command: 'vite', given: ['build', 'packages/page'] },
  ],
  [
    { name: 'lint', command: 'oxlint', given: [] },
    { name: 'format', command: 'oxfmt', given: ['--check'] },
    { name: 'dead code', command: 'knip', given: [] },
  ],
  [
    {
      name: 'tests',
      command: 'vitest',
      given: ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${testResults}`],
    },
  ],
  [{ name: 'fidelity', command: 'seaworthy', given: ['fidelity', '--short'] }],
];

/**
 * @param {string} command Of a package in the workspace.
 * @param {readonly string[]} given
 * @returns {Promise<{ ok: boolean, output: string, seconds: number }>}
 */
function run(command, given) {
  const began = performance.now();
  const child = spawn(`${root}node_modules/.bin/${command}`, given, { cwd: root });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ ok: code === 0, output, seconds: (performance.now() - began) / 1000 });
    });
  });
}

/**
 * A run that wrote no result counts as a failure.
 *
 * @returns {{ passed: number, failed: number, skipped: number }}
 */
function countTests() {
  try {
    const counts = JSON.parse(readFileSync(testResults, 'utf8'));
    const { numPassedTests, numFailedTests, numPendingTests } = counts;
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

mkdirSync(`${root}node_modules/.cache`, { recursive: true });
rmSync(testResults, { force: true });
let passed = 0;
let failed = 0;
let skipped = 0;

/**
 * Prints one line, and the output of what failed.
 *
 * @param {Stage} stage
 * @param {Awaited<ReturnType<typeof run>>} result
 */
function tell({ name }, { ok, output, seconds }) {
  let count = { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
  if (name === 'tests') {
    const tests = countTests();
    // A file that does not even load fails the run without failing a test.
    count = { passed: tests.passed, failed: ok ? 0 : Math.max(1, tests.failed) };
    skipped = tests.skipped;
  }
  passed += count.passed;
  failed += count.failed;
  const detail = name === 'tests' ? `   ${count.passed} passed, ${count.failed} failed` : '';
  const line = `${name.padEnd(12)}${ok ? 'ok' : 'FAILED'}   ${seconds.toFixed(1)} s${detail}`;
  console.log(process.stdout.isTTY ? `\r${line.padEnd(40)}` : line);
  if (!ok) console.log(`\n${output}`);
  // What this machine could not run must not look like what passed; see tests/debian.
  else for (const [skip] of output.matchAll(/SKIPPED: .*/g)) console.log(skip);
}

for (const group of groups) {
  if (process.stdout.isTTY) process.stdout.write(group.map(({ name }) => name).join(', '));
  const results = await Promise.all(
    group.map(async (stage) => {
      const result = await run(stage.command, stage.given);
      tell(stage, result);
      return result;
    }),
  );
  const isBuild = group.some(({ name }) => ['types', 'bundle', 'page'].includes(name));
  // What follows runs what was built.
  if (isBuild && results.some(({ ok }) => !ok)) break;
}

// The eight stages count as one each, the tests one by one.
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed === 0 ? 0 : 1;
