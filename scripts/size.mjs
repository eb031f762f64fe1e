// What the library weighs in the bundle of who uses it: `npm run size`.
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const dist = fileURLToPath(new URL('../packages/policy/dist', import.meta.url));
/** What each bundle takes of the library. */
const bundles = [
  { name: 'policy, with every option', code: `export { policy } from '${dist}/index.js'` },
  { name: 'all that is exported', code: `export * from '${dist}/index.js'` },
  { name: 'the call engine alone', code: `export { CallEngine } from '${dist}/engine.js'` },
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

for (const { name, code } of bundles) {
  const { code: minified } = await bundle(code, true);
  const gzipped = gzipSync(minified, { level: 9 }).length;
  console.log(`${name.padEnd(28)}${kilo(minified.length)} minified${kilo(gzipped)} gzip`);
}

/** @type {Map<string, number>} */
const folders = new Map();
const { modules } = await bundle(bundles[0]?.code ?? '', false);
for (const [path, { renderedLength }] of Object.entries(modules)) {
  const folder = path.split('/dist/')[1]?.split('/')[0] ?? path;
  folders.set(folder, (folders.get(folder) ?? 0) + renderedLength);
}
const total = [...folders.values()].reduce((sum, length) => sum + length, 0);
const heaviest = [...folders].toSorted((a, b) => b[1] - a[1]).slice(0, 8);
const shares = heaviest.map(([name, length]) => `${name} ${Math.round((100 * length) / total)} %`);
console.log(`Of the first, before it is minified: ${shares.join(', ')}`);

/** @param {number} bytes */
function kilo(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`.padStart(9);
}
