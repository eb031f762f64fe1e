// Random plans of faults through the proxy, on real sockets: see rehearse/proxy/testing/play.ts.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What each plan is held to. */
const laws = [
  'no byte arrives that was not sent, or in another order',
  'all bytes arrive once faults that lose none are taken down',
  'each answer is the one to its request',
  'no connection, listener or timer is left behind',
];

const { values } = parseArgs({
  options: { plans: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
if (!/^[1-9]\d*$/.test(values.plans) || !/^\d+$/.test(values.seed)) {
  console.error('usage: npm run fault-plans -- [--plans 10000] [--seed 1], both whole numbers');
  process.exit(2);
}

const file = 'packages/seaworthy/src/rehearse/proxy/random-plans.props.ts';
const { status, stdout, stderr } = spawnSync(`${root}node_modules/.bin/vitest`, ['run', file], {
  cwd: root,
  env: {
    ...process.env,
    FAULT_PLANS: values.plans,
    FAULT_PLANS_SEED: values.seed,
    NO_COLOR: '1',
  },
});
const ok = status === 0;
console.log(`${values.plans} random plans of faults, seed ${values.seed}`);
for (const law of laws) console.log(`  ${law.padEnd(58)}  ${ok ? 'ok' : 'OUT'}`);
if (!ok) console.log(`\n${String(stdout)}${String(stderr)}`);
process.exitCode = ok ? 0 : 1;
