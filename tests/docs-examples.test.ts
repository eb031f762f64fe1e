import { expect, it } from 'vitest';
import { compile, examplesOf } from './docs-examples/examples.ts';

it('docs/adapters.md has examples that compile', () => {
  const examples = examplesOf('adapters.md');
  expect(examples).toHaveLength(6);
  expect(compile('adapters', examples).complaints).toBe('');
});

it('an example that does not compile is seen', () => {
  const [first] = examplesOf('adapters.md');
  const broken = first!.replace('retry:', 'retries:');
  expect(compile('broken', [broken]).complaints).toContain("'retries' does not exist");
});
