// What the simulation of examples/shop-real says beside what its processes do: verdicts, knee, the
// calm, and all signals. Ends with 0 when no row is out. Takes three quarters of an hour; what is
// in the folder of runs already is not run again.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { table } from './agreement-table.mjs';

/** @import { File } from './agreement-table.mjs' */

/** A machine that is busy with something else has no calm to calibrate from. */
const triesMax = 3;

const root = fileURLToPath(new URL('..', import.meta.url));

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '5' },
    runs: { type: 'string', default: join(root, '.seaworthy', 'agreement') },
  },
});
if (!/^[1-9]\d*$/.test(values.seeds)) {
  console.error('usage: npm run agreement -- [--seeds 5] [--runs .seaworthy/agreement]');
  process.exit(2);
}

mkdirSync(values.runs, { recursive: true });
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => index + 1);
/** @type {File[]} */
const files = ['seaworthy.yaml', 'fixed.yaml'].map((name) => ({ name, runs: [] }));
for (const seed of seeds) {
  for (const { name, runs } of files) runs.push({ seed, scenarios: rehearse(name, seed) });
}
const { text, out } = table(files);
console.log(text);
process.exitCode = out === 0 ? 0 : 1;

/** @param {string} name @param {number} seed @returns {File['runs'][number]['scenarios']} */
function rehearse(name, seed) {
  const kept = join(values.runs, `${name}-${seed}.json`);
  for (let tries = 1; !existsSync(kept); tries++) {
    process.stderr.write(`rehearsing ${name} with seed ${seed}\n`);
    const file = `examples/shop-real/${name}`;
    const given = ['--env', 'agreement', '--compare-simulation', '--seed', `${seed}`];
    const quiet = ['--format', 'json', '--progress', 'none'];
    const records = ['--out', join(values.runs, `${name}-${seed}-${tries}`)];
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['packages/seaworthy/bin/seaworthy.js', 'rehearse', file, ...given, ...quiet, ...records],
      { cwd: root, encoding: 'utf8', maxBuffer: 1e9 },
    );
    if (stdout.startsWith('{')) writeFileSync(kept, stdout);
    else if (tries < triesMax) process.stderr.write(`${stderr.trim()}\nonce more\n`);
    else throw new Error(`${file} could not be rehearsed: ${stderr}`);
  }
  return JSON.parse(readFileSync(kept, 'utf8')).scenarios;
}
