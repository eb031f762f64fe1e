import { describe, expect, it } from 'vitest';

import { wrap, wrapCommand } from './wrap.ts';

describe('wrap', () => {
  it('breaks at spaces, and leaves room for the indent', () => {
    expect(wrap('four word line here', 70)).toEqual(['four word', 'line here']);
  });

  it('does not break a word, however long', () => {
    expect(wrap(`a ${'b'.repeat(90)} c`, 0)).toEqual(['a', 'b'.repeat(90), 'c']);
  });

  it('has one empty line of an empty text', () => {
    expect(wrap('', 0)).toEqual(['']);
  });
});

describe('wrapCommand', () => {
  it('leaves a command that fits alone', () => {
    expect(wrapCommand('$ seaworthy simulate shop.yaml --seed 1', 0)).toEqual([
      '$ seaworthy simulate shop.yaml --seed 1',
    ]);
  });

  it('ends each line but the last with a backslash, and keeps options and quotes whole', () => {
    const command = `$ seaworthy simulate 'my shop.yaml' --scenario it's --all --env 'a b'`;
    expect(wrapCommand(command.replace("it's", `'it'\\''s'`), 40)).toEqual([
      `$ seaworthy simulate 'my shop.yaml' \\`,
      `  --scenario 'it'\\''s' --all \\`,
      `  --env 'a b'`,
    ]);
  });
});
