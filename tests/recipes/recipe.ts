import type { task } from '@seaworthy/policy';
import { expect } from 'vitest';
import { compile, examplesOf } from '../docs-examples/examples.ts';

/** What the library gives to a recipe: a test that imports it gets a copy of its own. */
const library = "export { task } from '@seaworthy/policy';";

/**
 * The module that a recipe of the docs shows, compiled, and run: its first block. The others, which
 * use it, are compiled with it.
 */
export async function recipe<T>(name: string): Promise<T & { readonly task: typeof task }> {
  const [module, ...uses] = examplesOf(`docs/recipes/${name}.md`);
  const modules = [`${module}\n${library}`, [module, ...uses].join('\n')];
  const { complaints, folder } = compile(name, modules);
  expect(complaints).toBe('');
  return (await import(`${folder}/example1.mjs`)) as T & { readonly task: typeof task };
}
