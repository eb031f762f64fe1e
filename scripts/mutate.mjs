#!/usr/bin/env node
// Changes one threshold or comparison of a rule at a time, and runs its tests: each change must
// make one fail. What survives is printed, and ends with exit code 1. The working copy stays as
// it is.
//
//   npm run mutate                    all rules, which takes long
//   npm run mutate -- rt05 drift      only files whose path has one of these words
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const rules = 'packages/seaworthy/src/check/rules';

/**
 * What stands there, and what is put in its place. Spaces around: no arrows, no type arguments.
 *
 * @type {readonly (readonly [string, string])[]}
 */
const swaps = [
  [' <= ', ' < '],
  [' < ', ' <= '],
  [' >= ', ' > '],
  [' > ', ' >= '],
  [' === ', ' !== '],
  [' !== ', ' === '],
  [' && ', ' || '],
  [' || ', ' && '],
];

/**
 * The places of a file where a decision can be changed: in code, not in texts or comments.
 *
 * @param {string} text
 */
function mutantsOf(text) {
  const code = text.replace(
    /\/\*[\s\S]*?\*\/|\/\/.*|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g,
    (/** @type {string} */ it) => it.replace(/[^\n]/g, '~'),
  );
  const mutants = [];
  for (const [from, to] of swaps) {
    for (let at = code.indexOf(from); at !== -1; at = code.indexOf(from, at + 1)) {
      // Types are gone when the code runs.
      const line = code.slice(code.lastIndexOf('\n', at) + 1, code.indexOf('\n', at));
      if (/^\s*(type|import|readonly)\b/.test(line)) continue;
      mutants.push({ at, from, to });
    }
  }
  for (const { 0: line, 1: from = '', index } of code.matchAll(/^const \w+ = (\d[\d_.]*);$/gm)) {
    const at = index + line.indexOf(from);
    mutants.push({ at, from, to: String(Number(from.replaceAll('_', '')) * 1.5 + 1) });
  }
  return mutants;
}

/**
 * @param {string} text
 * @param {number} at
 */
function lineOf(text, at) {
  return text.slice(0, at).split('\n').length;
}

/**
 * @param {string} copy
 * @param {string} folder
 */
function filesIn(copy, folder) {
  return readdirSync(join(copy, folder)).map((name) => `${folder}/${name}`);
}

/**
 * The tests of its own, or those of its folder.
 *
 * @param {string} copy
 * @param {string} file
 */
function testsOf(copy, file) {
  const own = file.replace(/\.ts$/, '.test.ts');
  const tests = filesIn(copy, dirname(file)).filter((each) => each.endsWith('.test.ts'));
  return tests.includes(own) ? [own] : tests;
}

/**
 * Whether a test fails.
 *
 * @param {string} copy
 * @param {readonly string[]} tests
 */
function isNoticed(copy, tests) {
  const words = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--bail',
    '1',
    '--maxWorkers',
    '1',
    ...tests,
  ];
  const { status } = spawnSync(process.execPath, words, { cwd: copy, timeout: 120_000 });
  return status !== 0;
}

function copyOfRepository() {
  const copy = mkdtempSync(join(tmpdir(), 'seaworthy-mutate-'));
  const left = new Set(['node_modules', '.git', 'dist', '.seaworthy']);
  cpSync(root, copy, { recursive: true, filter: (path) => !left.has(basename(path)) });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

const wishes = process.argv.slice(2).map((wish) => wish.toLowerCase());
const copy = copyOfRepository();
try {
  const files = readdirSync(join(copy, rules), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => filesIn(copy, `${rules}/${name}`))
    .filter((file) => !file.endsWith('.test.ts') && !file.endsWith('/rules.ts'))
    .filter((file) => wishes.length === 0 || wishes.some((wish) => file.includes(wish)))
    .toSorted();
  const survivors = [];
  let count = 0;
  for (const file of files) {
    const text = readFileSync(join(copy, file), 'utf8');
    const tests = testsOf(copy, file);
    if (isNoticed(copy, tests)) throw new Error(`the tests of ${file} fail without any change`);
    for (const { at, from, to } of mutantsOf(text)) {
      count++;
      writeFileSync(join(copy, file), text.slice(0, at) + to + text.slice(at + from.length));
      if (isNoticed(copy, tests)) continue;
      const line = lineOf(text, at);
      survivors.push(`${file}:${line}: ${from.trim()} became ${to.trim()}`);
      console.log(`survived  ${survivors.at(-1)}`);
    }
    writeFileSync(join(copy, file), text);
  }
  console.log(`${count} changes in ${files.length} rules, ${survivors.length} survived`);
  process.exitCode = survivors.length > 0 ? 1 : 0;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
