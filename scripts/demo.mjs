// Every example as it fails, and as it passes once it is fixed. Ends with 0 when all came out so.
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What `seaworthy simulate` ends with, in words; the rest are errors. */
const outcomes = ['passes', 'fails'];

/** How each file of an example must come out. */
const expected = /** @type {const} */ ([
  ['seaworthy.yaml', 'fails'],
  ['fixed.yaml', 'passes'],
]);

/** Two say that a story is no accident of its dice, and all of it is over in a minute. */
const REPLICATIONS = '2';

/** The run that is shown as a page, and its fix beside it. */
const shown = ['examples/retry-storm/seaworthy.yaml', 'examples/retry-storm/fixed.yaml'];
const page = '.seaworthy/demo/report.html';

/** Where the record of a file goes: each has a place of its own, whatever it is called. */
const recordOf = (/** @type {string} */ path) =>
  `.seaworthy/demo/${path.replaceAll('/', '-').replace('.yaml', '')}`;

/** Colours as on a terminal, although the output is collected first, to be printed in order. */
const env = process.stdout.isTTY ? { FORCE_COLOR: '1', ...process.env } : process.env;

/**
 * @param {string} path
 * @returns {Promise<{ came: string, output: string }>}
 */
function simulate(path) {
  const options = ['--replications', REPLICATIONS, '--progress', 'none', '--out', recordOf(path)];
  return seaworthy(['simulate', path, ...options]);
}

/**
 * @param {readonly string[]} words
 * @returns {Promise<{ came: string, output: string }>}
 */
function seaworthy(words) {
  const args = ['packages/seaworthy/bin/seaworthy.js', ...words];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { cwd: root, env }, (_error, stdout, stderr) => {
      const came = outcomes[child.exitCode ?? -1] ?? `ended with exit code ${child.exitCode}`;
      resolve({ came, output: stdout + stderr });
    });
  });
}

const trials = readdirSync(`${root}examples`)
  .toSorted()
  .flatMap((name) =>
    expected.map(([file, outcome]) => ({ path: `examples/${name}/${file}`, outcome })),
  );

/** As many at a time as there are cores: each spends half of its time on starting and judging. */
const atOnce = availableParallelism();
/** @type {ReturnType<typeof simulate>[]} */
const running = [];
const lines = [];
let surprises = 0;
for (const [index, { path, outcome }] of trials.entries()) {
  while (running.length < Math.min(index + atOnce, trials.length)) {
    const next = trials[running.length];
    if (next !== undefined) running.push(simulate(next.path));
  }
  const result = await running[index];
  console.log(
    `\n$ npx seaworthy simulate ${path} --replications ${REPLICATIONS}\n\n${result?.output.trimEnd() ?? ''}`,
  );
  const asExpected = result?.came === outcome;
  if (!asExpected) surprises++;
  lines.push(`${asExpected ? ' ' : '!'} ${path.padEnd(48)} ${result?.came ?? 'did not run'}`);
}
console.log(`\n${lines.join('\n')}\n`);
console.log(
  surprises === 0
    ? 'Every example came out as its story says; read them in examples/.'
    : `${surprises} came out otherwise than their story says.`,
);

// The collapse beside its fix, as a page: what was told above, to look into.
const report = await seaworthy(['report', ...shown.map(recordOf), '--html', page]);
if (report.came === outcomes[0]) console.log(`\nOpen ${root}${page}: retry-storm beside its fix.`);
else {
  console.log(`\n${report.output}`);
  surprises++;
}
process.exitCode = surprises === 0 ? 0 : 1;
