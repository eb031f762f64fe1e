// Expected beside observed, for everything in fidelity/; laws that any system keeps; and one seed,
// one record. Ends with 0 when no row is out.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { otherNode } from './other-node.mjs';
import { checkRandomSystems } from './random-systems.mjs';
import { runRecord } from './run-record.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

const { status } = spawnSync(
  process.execPath,
  ['packages/seaworthy/bin/seaworthy.js', 'fidelity', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);

/**
 * Every policy and most distributions; and a collapse, which any difference would soon be all of.
 */
const files = [
  ['examples/retry-storm/fixed.yaml', '--for', '90s', '--replications', '2', '--seed', '7'],
  ['fidelity/collapse.yaml', '--scenario', 'spike', '--replications', '2', '--seed', '7'],
];

let out = checkRandomSystems(1000) ? 0 : 1;

console.log('\none seed, one record, to the byte');
const other = otherNode();
for (const [file, ...options] of files) {
  const first = runRecord(process.execPath, file ?? '', options);
  /** @param {string} what @param {string} node */
  const compare = (what, node) => {
    const second = runRecord(node, file ?? '', options);
    const same =
      first.size > 0 &&
      first.size === second.size &&
      [...first].every(([name, bytes]) => second.get(name) === bytes);
    if (!same) out++;
    console.log(`  ${`${file} ${what}`.padEnd(58)}  ${same ? 'ok' : 'OUT'}`);
  };
  compare(`again on ${process.version}`, process.execPath);
  if (other === undefined) console.log('  another Node is not to be had for this platform');
  else compare(`on ${spawnSync(other, ['--version']).stdout.toString().trim()}`, other);
}
process.exitCode = status === 0 && out > 0 ? 1 : (status ?? 1);
