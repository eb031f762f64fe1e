import { describe, expect, it } from 'vitest';
import { badTitles, deadLinks, unlinkedPages } from './tidy/markdown.ts';
import type { Repository } from './tidy/repository.ts';
import { readRepository } from './tidy/repository.ts';
import {
  emptyFolders,
  incompleteExamples,
  lockedHosts,
  longFiles,
  longLines,
  looseVersions,
  machineNames,
  unfinished,
} from './tidy/source.ts';

// Rules that no other tool holds (the idea is TigerBeetle's tidy test). Each names the place and
// what is wrong there.
const rules: Readonly<Record<string, (repository: Repository) => string[]>> = {
  longFiles,
  longLines,
  unfinished,
  machineNames,
  lockedHosts,
  looseVersions,
  emptyFolders,
  incompleteExamples,
  deadLinks,
  unlinkedPages,
  badTitles,
};

describe('the repository has no', () => {
  const repository = readRepository();

  it.each(Object.keys(rules))('%s', (name) => {
    expect(rules[name]!(repository)).toEqual([]);
  });
});

describe('the rules find', () => {
  const bad: Readonly<Record<keyof typeof rules, readonly [path: string, text: string]>> = {
    longFiles: ['a.ts', 'x\n'.repeat(301)],
    longLines: ['a.ts', 'x'.repeat(101)],
    unfinished: ['a.test.ts', 'it.only()'],
    machineNames: ['a.md', 'see /home/me/notes'],
    lockedHosts: ['package-lock.json', '"resolved": "https://example.org/a.tgz"'],
    looseVersions: ['package.json', '{"dependencies":{"a":"^1.0.0"}}'],
    incompleteExamples: ['examples/one/seaworthy.yaml', ''],
    deadLinks: ['a.md', '# A\n\n[b](#b)'],
    unlinkedPages: ['docs/a.md', '# A'],
    badTitles: ['a.md', 'no title'],
  };

  it.each(Object.entries(bad))('%s', (name, [path, text]) => {
    expect(rules[name]!({ files: [{ path, text }], folders: [] })).not.toEqual([]);
  });

  it('emptyFolders', () => {
    expect(emptyFolders({ files: [], folders: [{ path: 'a', entries: 0 }] })).toHaveLength(1);
  });

  it('links to headings and files, and nothing where they are right', () => {
    const pages = [
      {
        path: 'README.md',
        text: '# A b, `c`\n\n[x](docs/x.md#two-words) [self](#a-b-c) `[no](n)`',
      },
      { path: 'docs/x.md', text: '# X\n\n## Two words\n\n[up](../README.md) [web](https://a.b/c)' },
    ];
    expect(deadLinks({ files: pages, folders: [] })).toEqual([]);
    expect(unlinkedPages({ files: pages, folders: [] })).toEqual([]);
  });
});
