import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compile, examplesOf } from './docs-examples/examples.ts';
import { readRepository } from './tidy/repository.ts';

/** What the examples are about, and do not say: `cachedQuote`, `url`, `log`. */
const around = readFileSync(new URL('docs-examples/around.d.ts', import.meta.url), 'utf8');

it('all examples in the docs compile, and one that does not is seen', () => {
  const pages = readRepository()
    .files.map(({ path }) => path)
    .filter((path) => path.endsWith('.md') && !/\/api\/|^docs\/recipes/.test(path));
  const examples = pages.flatMap((page) =>
    examplesOf(page).map((code, index) => ({ code, place: `${page}, example ${index + 1}` })),
  );
  const pagesWithCode = new Set(examples.map(({ place }) => place.split(',')[0]));
  expect(pagesWithCode.size).toBeGreaterThan(16);
  const [first] = examplesOf('docs/adapters.md');
  const broken = { code: first!.replace('retry:', 'retries:'), place: 'broken' };
  const all = [...examples, broken];
  const { complaints } = compile(
    'docs',
    all.map(({ code }) => code),
    around,
  );
  const said = complaints.replaceAll(
    /^.*?example(\d+)\.mts/gm,
    (_, number: string) => all[Number(number) - 1]!.place,
  );
  expect(said).toMatch(/^broken\(.*'retries' does not exist/);
  expect(said.split('\n').filter((line) => line !== '' && !line.startsWith('broken('))).toEqual([]);
}, 60_000);
