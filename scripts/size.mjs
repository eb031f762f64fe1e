// What the library weighs in the bundle of who uses it: `npm run size`. With `-- parts` also what
// each part adds, and what others weigh, bundled alike.
import { existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const dist = fileURLToPath(new URL('../packages/policy/dist', import.meta.url));
/** Where the peers are that `npm run bench` installs; the others are found from there, too. */
const bench = fileURLToPath(new URL('../bench', import.meta.url));

/** @param {...string} parts */
function policyOf(...parts) {
  return `import { ${['policyOf', ...parts].join(', ')} } from '${dist}/parts.js';
    export const policy = policyOf(${parts.join(', ')})`;
}

/**
 * What each bundle takes of the library, and what it may weigh, in bytes of gzip: a few percent
 * more than it does, so that nothing grows unseen. `npm test` holds them.
 */
const bundles = [
  {
    name: 'policy, with every option',
    code: `export { policy } from '${dist}/index.js'`,
    most: 24_900,
  },
  { name: 'all that is exported', code: `export * from '${dist}/index.js'`, most: 25_900 },
  {
    name: 'policyOf(retry, breaker, limit)',
    code: policyOf('retry', 'breaker', 'limit'),
    most: 13_300,
  },
  { name: 'policyOf(retry)', code: policyOf('retry'), most: 12_000 },
  { name: 'policyOf(breaker)', code: policyOf('breaker'), most: 11_500 },
  {
    name: 'the engine with the same three',
    code: `export { CallEngine } from '${dist}/engine.js';
      export { Retries } from '${dist}/call/retries.js';
      export { RetryBudget } from '${dist}/budget/budget.js';
      export { CircuitBreaker } from '${dist}/breaker/breaker.js';`,
    most: 7700,
  },
  {
    name: 'the engine alone',
    code: `export { CallEngine } from '${dist}/engine.js'`,
    most: 5600,
  },
];

/**
 * @param {string} code
 * @param {boolean} isMinified
 */
async function bundle(code, isMinified) {
  const entry = `${bench}/entry.js`;
  const made = await rolldown({
    input: entry,
    platform: 'browser',
    // Of Node, for opossum: a browser needs them besides.
    external: ['events', 'util'],
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? code : undefined),
      },
    ],
  });
  const { output } = await made.generate({ format: 'esm', minify: isMinified, comments: false });
  await made.close();
  return output[0];
}

for (const { name, code, most } of bundles) {
  const { code: minified } = await bundle(code, true);
  const gzipped = gzipOf(minified);
  console.log(`${name.padEnd(33)}${kilo(minified.length)} minified${kilo(gzipped)} gzip`);
  if (gzipped <= most) continue;
  console.error(`  that is more than ${most} bytes: make it smaller, or say in the commit why not`);
  process.exitCode = 1;
}

console.log('\nBefore they are minified:');
for (const { name, code } of bundles.filter((_, index) => index === 0 || index === 2)) {
  console.log(`${name}: ${await sharesOf(code)}`);
}

if (process.argv.includes('parts')) {
  await weighParts();
  await weighPeers();
}

/** What two parts need counts for each that is added, and for none that is left out. */
async function weighParts() {
  const all = [
    'fallback',
    'cache',
    'admission',
    'fullRetry',
    'throttle',
    'hedge',
    'endpoints',
    'breaker',
    'fullLimit',
    'observer',
    'chaos',
    'state',
    'reconfigure',
  ];
  const none = await weightOf(policyOf());
  const most = await weightOf(policyOf(...all));
  console.log(`\nA policy without parts: ${kilo(none)} gzip`);
  console.log('A part:     added to it  left out of all');
  for (const part of ['retry', 'limit', ...all]) {
    const added = (await weightOf(policyOf(part))) - none;
    const others = all.filter((other) => other !== part);
    const left = most - (await weightOf(policyOf(...others)));
    const lost = all.includes(part) ? `     ${kilo(left)}` : '';
    console.log(`${part.padEnd(14)}${kilo(added)}${lost}`);
  }
}

async function weighPeers() {
  if (!existsSync(`${bench}/node_modules`)) {
    console.log('\nWhat others weigh: after npm ci in bench');
    return;
  }
  const peers = {
    'cockatiel, all of it': `export * from 'cockatiel'`,
    'cockatiel, a wrap of four': `export { retry, handleAll, ExponentialBackoff,
      timeout, TimeoutStrategy, circuitBreaker, SamplingBreaker, bulkhead, wrap } from 'cockatiel'`,
    'opossum, without what it takes of Node': `export { default } from 'opossum'`,
    'p-retry and p-limit': `export { default as retry } from 'p-retry';
      export { default as limit } from 'p-limit'`,
    'Effect, for a retry with a timeout': `import { Effect, Schedule } from 'effect';
      const schedule = Schedule.jittered(Schedule.exponential('50 millis'));
      export const call = (work) => Effect.runPromise(Effect.retry(
        Effect.timeout(Effect.tryPromise(work), '800 millis'), { times: 2, schedule }))`,
  };
  console.log('\nOthers, gzip:');
  for (const [name, code] of Object.entries(peers)) {
    console.log(`${name.padEnd(40)}${kilo(await weightOf(code))}`);
  }
}

/** @param {string} code */
async function sharesOf(code) {
  /** @type {Map<string, number>} */
  const folders = new Map();
  const { modules } = await bundle(code, false);
  for (const [path, { renderedLength }] of Object.entries(modules)) {
    const folder = path.split('/dist/')[1]?.split('/')[0] ?? path;
    folders.set(folder, (folders.get(folder) ?? 0) + renderedLength);
  }
  const total = [...folders.values()].reduce((sum, length) => sum + length, 0);
  const heaviest = [...folders].toSorted((a, b) => b[1] - a[1]).slice(0, 8);
  return heaviest
    .map(([name, length]) => `${name} ${Math.round((100 * length) / total)} %`)
    .join(', ');
}

/**
 * In bytes of gzip.
 *
 * @param {string} code
 */
async function weightOf(code) {
  const { code: minified } = await bundle(code, true);
  return gzipOf(minified);
}

/** @param {string} minified */
function gzipOf(minified) {
  return gzipSync(minified, { level: 9 }).length;
}

/** @param {number} bytes */
function kilo(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`.padStart(9);
}
