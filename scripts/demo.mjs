// Every example as it fails, and as it passes once it is fixed. Ends with 0 when all came out so.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What `seaworthy simulate` ends with, in words; the rest are errors. */
const outcomes = ['passes', 'fails'];

/** How each file of an example must come out. */
const expected = /** @type {const} */ ([
  ['seaworthy.yaml', 'fails'],
  ['fixed.yaml', 'passes'],
]);

let surprises = 0;
for (const name of readdirSync(`${root}examples`).toSorted()) {
  for (const [file, outcome] of expected) {
    const path = `examples/${name}/${file}`;
    console.log(`\n$ npx seaworthy simulate ${path}\n`);
    const { status } = spawnSync(
      process.execPath,
      ['packages/seaworthy/bin/seaworthy.js', 'simulate', path, '--progress', 'none'],
      { cwd: root, stdio: 'inherit' },
    );
    const came = outcomes[status ?? -1] ?? `ended with exit code ${status}`;
    if (came === outcome) continue;
    surprises++;
    console.log(`\nUnexpected: ${path} ${came}, and should be one that ${outcome}.`);
  }
}
console.log(
  surprises === 0
    ? '\nEvery example came out as its story says; read them in examples/.'
    : `\n${surprises} came out otherwise than their story says.`,
);
process.exitCode = surprises === 0 ? 0 : 1;
