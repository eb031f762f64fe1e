import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Within the repository, so that packages are found from there. */
const folder = `${root}node_modules/.cache/docs-examples`;

const options = {
  extends: `${root}tsconfig.base.json`,
  compilerOptions: {
    composite: false,
    noEmit: true,
    isolatedDeclarations: false,
    rewriteRelativeImportExtensions: false,
  },
};

/** Each block of TypeScript in a page, as a module of its own. */
function examplesOf(page: string): string[] {
  const text = readFileSync(`${root}docs/${page}`, 'utf8');
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code!);
}

function compile(examples: readonly string[]): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const files = examples.map((code, index) => {
    writeFileSync(`${folder}/example${index + 1}.mts`, code);
    return `example${index + 1}.mts`;
  });
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify({ ...options, files }));
  const { stdout } = spawnSync(`${root}node_modules/.bin/tsc`, ['-p', folder], { cwd: root });
  rmSync(folder, { recursive: true });
  return stdout.toString();
}

it('docs/adapters.md has examples that compile', () => {
  const examples = examplesOf('adapters.md');
  expect(examples).toHaveLength(6);
  expect(compile(examples)).toBe('');
});

it('an example that does not compile is seen', () => {
  const [first] = examplesOf('adapters.md');
  expect(compile([first!.replace('retry:', 'retries:')])).toContain("'retries' does not exist");
});
