import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Each block of TypeScript in a page. */
export function examplesOf(page: string): string[] {
  const text = readFileSync(`${root}${page}`, 'utf8');
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code!);
}

interface Compiled {
  /** What the compiler has to say: nothing, where all is well. */
  readonly complaints: string;
  /** Where the modules are, to be imported: `example1.mjs` and so on. */
  readonly folder: string;
}

/**
 * Compiles each of `modules` by itself, as users of the packages would.
 *
 * @param around Declares what the modules lean on and do not say.
 */
export function compile(name: string, modules: readonly string[], around?: string): Compiled {
  // Within the repository, so that packages are found from there.
  const folder = `${root}node_modules/.cache/docs-examples/${name}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const files = modules.map((code, index) => {
    writeFileSync(`${folder}/example${index + 1}.mts`, code);
    return `example${index + 1}.mts`;
  });
  if (around !== undefined) {
    writeFileSync(`${folder}/around.d.ts`, around);
    files.push('around.d.ts');
  }
  const compilerOptions = {
    composite: false,
    declaration: false,
    declarationMap: false,
    isolatedDeclarations: false,
    rewriteRelativeImportExtensions: false,
  };
  const config = { extends: `${root}tsconfig.base.json`, compilerOptions, files };
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify(config));
  const given = ['-p', folder, '--outDir', folder];
  const { stdout } = spawnSync(`${root}node_modules/.bin/tsc`, given, { cwd: root });
  return { complaints: stdout.toString(), folder };
}
