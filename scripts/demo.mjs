// Every example as it fails, and as it passes once it is fixed. Ends with 0 when all came out so.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What `seaworthy simulate` ends with once it has judged: pass, fail, inconclusive. */
const judged = [0, 1, 3];

/** Two say that a story is no accident of its dice, and all of it is over in half a minute. */
const REPLICATIONS = '2';

/** Where the records go: a folder for each file. */
const out = '.seaworthy/demo';

/** The run that is shown as a page, and its fix beside it. */
const shown = {
  fails: 'examples/retry-storm/seaworthy.yaml',
  passes: 'examples/retry-storm/fixed.yaml',
};

/**
 * The command line as a user has it, on the same terminal.
 *
 * @param {readonly string[]} words
 * @param {'inherit' | 'ignore'} stdout
 * @returns {number | null} The exit code; null when a signal ended it.
 */
function seaworthy(words, stdout) {
  const args = ['packages/seaworthy/bin/seaworthy.js', ...words];
  return spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', stdout, 'inherit'] })
    .status;
}

/** The folder of a file's record, or, where it has several scenarios, of their records. */
const recordOf = (/** @type {string} */ file) =>
  join(out, file.replace('.yaml', '').replaceAll('/', '-'));

/**
 * The outcome of a file, by the records of its scenarios: one that fails is enough.
 *
 * @param {string} file
 * @returns {string}
 */
function outcomeOf(file) {
  const folder = join(root, recordOf(file));
  const outcomes = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => basename(name) === 'run.json')
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')).verdict.outcome);
  if (outcomes.includes('fail')) return 'fail';
  return outcomes.find((outcome) => outcome !== 'pass') ?? 'pass';
}

const examples = readdirSync(join(root, 'examples')).toSorted();
/** How each file must come out. */
const expected = examples.flatMap((name) => [
  { file: `examples/${name}/seaworthy.yaml`, outcome: 'fail' },
  { file: `examples/${name}/fixed.yaml`, outcome: 'pass' },
]);

// What an earlier demo left would be taken for what came of this one.
rmSync(join(root, out), { recursive: true, force: true });
console.log(`${examples.length} examples, each as it fails, and as it passes once it is fixed:\n`);
const files = expected.map(({ file }) => file);
// In a log a verdict a second is progress enough.
const progress = process.stderr.isTTY ? 'auto' : 'none';
const options = ['--replications', REPLICATIONS, '--out', out, '--progress', progress];
const code = seaworthy(['simulate', ...files, ...options], 'inherit');
if (code === null || !judged.includes(code)) process.exit(code ?? 130);

const surprises = expected.filter(({ file, outcome }) => outcomeOf(file) !== outcome);
for (const { file, outcome } of surprises) {
  console.log(`\n${file}: ${outcomeOf(file)}, and its story says ${outcome}`);
}
// The collapse beside its fix, as a page: what was told above, to look into.
const page = join(out, 'report.html');
const reported = seaworthy(
  ['report', recordOf(shown.fails), recordOf(shown.passes), '--html', page],
  'ignore',
);
if (surprises.length > 0 || reported !== 0) process.exit(1);
console.log(`
Every example came out as its story says: examples/*/README.md.

One in full:  npx seaworthy simulate ${shown.fails}
As a page:    ${join(root, page)}`);
