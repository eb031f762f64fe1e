// What the library weighs in the bundle of who uses it: `npm run size`.
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const dist = fileURLToPath(new URL('../packages/policy/dist', import.meta.url));

/** @param {...string} parts */
function policyOf(...parts) {
  return `import { policyOf, ${parts.join(', ')} } from '${dist}/parts.js';
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
    most: 25_000,
  },
  { name: 'all that is exported', code: `export * from '${dist}/index.js'`, most: 26_000 },
  {
    name: 'policyOf(retry, breaker, limit)',
    code: policyOf('retry', 'breaker', 'limit'),
    most: 13_400,
  },
  { name: 'policyOf(retry)', code: policyOf('retry'), most: 12_100 },
  { name: 'policyOf(breaker)', code: policyOf('breaker'), most: 11_700 },
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
  const made = await rolldown({
    input: 'entry',
    platform: 'neutral',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? id : undefined),
        load: (id) => (id === 'entry' ? code : undefined),
      },
    ],
  });
  const { output } = await made.generate({ format: 'esm', minify: isMinified, comments: false });
  await made.close();
  return output[0];
}

for (const { name, code, most } of bundles) {
  const { code: minified } = await bundle(code, true);
  const gzipped = gzipSync(minified, { level: 9 }).length;
  console.log(`${name.padEnd(33)}${kilo(minified.length)} minified${kilo(gzipped)} gzip`);
  if (gzipped <= most) continue;
  console.error(`  that is more than ${most} bytes: make it smaller, or say in the commit why not`);
  process.exitCode = 1;
}

console.log('\nBefore they are minified:');
for (const { name, code } of bundles.filter((_, index) => index === 0 || index === 2)) {
  console.log(`${name}: ${await sharesOf(code)}`);
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

/** @param {number} bytes */
function kilo(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`.padStart(9);
}
