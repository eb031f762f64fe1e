#!/usr/bin/env node
// Changes one threshold or comparison of a rule at a time, and runs its tests: each change must
// make one fail. What survives is printed, and ends with exit code 1. The working copy stays as
// it is.
//
//   npm run mutate                    all rules, about ten minutes on one core
//   npm run mutate -- rt05 drift      only files whose path has one of these words
//
// Starting the tests costs more than running them, so a round changes many files at once, one place
// in each: those whose tests do not reach each other's files.
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
import { basename, dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { equivalents, mutantsOf } from './mutate/mutants.mjs';

/**
 * A file whose decisions are changed.
 *
 * @typedef {object} Victim
 * @property {string} file
 * @property {string} text
 * @property {readonly import('./mutate/mutants.mjs').Mutant[]} mutants
 * @property {readonly string[]} tests
 */

/** @typedef {{ victim: Victim, mutant: import('./mutate/mutants.mjs').Mutant }} Change */

const root = fileURLToPath(new URL('..', import.meta.url));
const rules = 'packages/seaworthy/src/check/rules';
/** Of one round: a change can make a loop endless. */
const roundMs = 180_000;
/** What a file imports. @type {Map<string, Set<string>>} */
const reached = new Map();

const wishes = process.argv.slice(2).map((wish) => wish.toLowerCase());
const copy = copyOfRepository();
try {
  process.exitCode = mutate() ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}

/** Whether all changes are noticed. */
function mutate() {
  const victims = victimsOf();
  const failing = failed(victims.flatMap(({ tests }) => tests));
  if (failing === undefined || failing.size > 0) {
    throw new Error(`fails without any change: ${[...(failing ?? ['no end'])].join(', ')}`);
  }
  const survivors = [];
  let left = victims.flatMap((victim) => victim.mutants.map((mutant) => ({ victim, mutant })));
  const count = left.length;
  while (left.length > 0) {
    const round = roundOf(left);
    left = left.filter((change) => !round.includes(change));
    survivors.push(...survivorsOf(round));
    console.error(`${count - left.length} of ${count} changes, ${survivors.length} survived`);
  }
  for (const text of survivors.toSorted()) console.log(`survived  ${text}`);
  console.log(`${count} changes in ${victims.length} files, ${survivors.length} survived`);
  return survivors.length === 0;
}

/** @returns {Victim[]} */
function victimsOf() {
  const files = filesIn(rules).filter((file) => !/\.test\.ts$|\/rules\.ts$/.test(file));
  const tests = filesIn(rules).filter((file) => /\/.+\/.+\.test\.ts$/.test(file));
  return files
    .filter((file) => wishes.length === 0 || wishes.some((wish) => file.includes(wish)))
    .toSorted()
    .map((file) => {
      const text = readFileSync(join(copy, file), 'utf8');
      const known = equivalents.filter((each) => file.endsWith(each.file));
      const mutants = mutantsOf(text).filter(({ line, from, to }) => {
        return !known.some((it) => it.code === line && it.change === `${from} -> ${to}`);
      });
      return { file, text, mutants, tests: testsOf(file, tests) };
    })
    .filter(({ mutants }) => mutants.length > 0);
}

/**
 * The tests of its own, or those of its folder that reach it.
 *
 * @param {string} file
 * @param {readonly string[]} tests
 */
function testsOf(file, tests) {
  const own = file.replace(/\.ts$/, '.test.ts');
  if (tests.includes(own)) return [own];
  return tests.filter((test) => dirname(test) === dirname(file) && reach(test).has(file));
}

/**
 * As many changes as do not meet.
 *
 * @param {readonly Change[]} left
 */
function roundOf(left) {
  /** @type {Change[]} */
  const round = [];
  for (const change of left) {
    const { file, tests } = change.victim;
    const isApart = round.every(({ victim }) => {
      return (
        !tests.some((test) => reach(test).has(victim.file)) &&
        !victim.tests.some((test) => reach(test).has(file))
      );
    });
    if (isApart) round.push(change);
  }
  return round;
}

/**
 * Those that no test notices, as text.
 *
 * @param {readonly Change[]} round
 * @returns {string[]}
 */
function survivorsOf(round) {
  for (const { victim, mutant } of round) {
    const { at, from, to } = mutant;
    const changed = victim.text.slice(0, at) + to + victim.text.slice(at + from.length);
    writeFileSync(join(copy, victim.file), changed);
  }
  const failing = failed(round.flatMap(({ victim }) => victim.tests));
  for (const { victim } of round) writeFileSync(join(copy, victim.file), victim.text);
  if (failing === undefined) {
    // One of them never ends, which is noticed: which one, they tell one by one.
    return round.length === 1 ? [] : round.flatMap((change) => survivorsOf([change]));
  }
  return round
    .filter(({ victim }) => !victim.tests.some((test) => failing.has(test)))
    .map(({ victim, mutant: { at, from, to, line } }) => {
      const number = victim.text.slice(0, at).split('\n').length;
      return `${victim.file}:${number}: ${from} -> ${to} in ${line}`;
    });
}

/**
 * The test files of which a test fails. Undefined: they do not end.
 *
 * @param {readonly string[]} tests
 */
function failed(tests) {
  const output = join(copy, 'tests.json');
  const words = ['run', '--maxWorkers', '1', '--reporter', 'json', '--outputFile', output];
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  rmSync(output, { force: true });
  const options = { cwd: copy, timeout: roundMs };
  const { error } = spawnSync(process.execPath, [vitest, ...words, ...new Set(tests)], options);
  if (error !== undefined) return undefined;
  /** @type {{ testResults: { name: string, status: string }[] }} */
  const { testResults } = JSON.parse(readFileSync(output, 'utf8'));
  const files = testResults.filter(({ status }) => status !== 'passed').map(({ name }) => name);
  return new Set(files.map((file) => relative(copy, file)));
}

/**
 * The files below `rules` that a file imports, itself, those that they import, and so on.
 *
 * @param {string} file
 * @returns {Set<string>}
 */
function reach(file) {
  const known = reached.get(file);
  if (known !== undefined) return known;
  const files = new Set([file]);
  for (const each of files) {
    const imports = readFileSync(join(root, each), 'utf8').matchAll(/from '(\.[^']+\.ts)'/g);
    for (const [, path = ''] of imports) files.add(posix.join(dirname(each), path));
  }
  reached.set(file, files);
  return files;
}

/** @param {string} folder */
function filesIn(folder) {
  return readdirSync(join(copy, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`);
}

function copyOfRepository() {
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-mutate-'));
  const left = new Set(['node_modules', '.git', 'dist', '.seaworthy']);
  cpSync(root, folder, { recursive: true, filter: (path) => !left.has(basename(path)) });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}
