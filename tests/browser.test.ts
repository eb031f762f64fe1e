import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { byEngine } from '../packages/policy/src/testing/case-by-engine.ts';
import { cases as drivenCases } from '../packages/policy/src/testing/cases.ts';
import { cases } from './browser/cases.ts';
import { Chromium } from './browser/chromium.ts';
import type * as Run from './browser/run.ts';
import { serveCases } from './browser/server.ts';
import type { CaseServer } from './browser/server.ts';
import { debianProgram } from './debian/program.ts';

const folder = fileURLToPath(new URL('../node_modules/.cache/browser/', import.meta.url));
const wanted = Object.fromEntries(Object.entries(cases).map(([name, { gives }]) => [name, gives]));
/** On a machine that is busy with other tests. */
const maxMs = 120_000;

const chromium = await debianProgram('chromium', 'that the library runs in a browser');

/** One file, as any bundler for browsers makes it. */
async function bundle(input: string): Promise<string> {
  const made = await rolldown({ input, platform: 'browser' });
  const { output } = await made.generate({ format: 'esm', comments: false });
  await made.close();
  expect(output).toHaveLength(1);
  return output[0].code;
}

let code: string;
let server: CaseServer;

beforeAll(async () => {
  code = await bundle(fileURLToPath(new URL('browser/run.ts', import.meta.url)));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}cases.mjs`, code);
  server = await serveCases(code);
}, maxMs);

afterAll(() => server.close());

it.each(['', '/parts', '/testing', '/prometheus', '/fetch'])(
  '@seaworthy/policy%s asks for nothing of Node',
  async (entry) => {
    const library = await bundle(`@seaworthy/policy${entry}`);
    expect(library.length).toBeGreaterThan(1000);
    expect(library.match(/\b(node:\w+|process\.|Buffer\b|require\()/g)).toBeNull();
  },
);

it('cases of the library, by Node', { timeout: maxMs }, async () => {
  const { runCases } = (await import(`${folder}cases.mjs`)) as typeof Run;
  expect(await runCases(`${server.origin}/node-`)).toEqual(wanted);
});

describe.skipIf(chromium === undefined)('the same bytes in Chromium', () => {
  let page: Chromium;

  beforeAll(async () => {
    page = await Chromium.open(chromium!, server.origin);
  }, maxMs);

  afterAll(() => page.close());

  it('do the same', { timeout: maxMs }, async () => {
    const run = `import('/cases.js').then(({ runCases }) => runCases('/chromium-'))`;
    expect(await page.evaluate(run)).toEqual(wanted);
    expect(page.uncaught).toEqual([]);
  });

  it(
    'play the table of cases as the engine does, event for event',
    { timeout: maxMs },
    async () => {
      const play = `import('/cases.js').then(({ playCases }) => playCases(7, 60))`;
      const given = await page.evaluate<string[][]>(play);
      const sample = fc.sample(drivenCases(8, true), { seed: 7, numRuns: 60 });
      let compared = 0;
      for (const [index, of] of sample.entries()) {
        const { lines, leastGap } = byEngine(of);
        // What happens in the same instant has no order that all must agree on.
        if (leastGap <= 1e-6) continue;
        compared++;
        expect(given[index]!.toSorted()).toEqual(lines.toSorted());
      }
      expect(compared).toBeGreaterThan(20);
      expect(page.uncaught).toEqual([]);
    },
  );
});
