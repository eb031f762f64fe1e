import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { walk } from './discover/walk.ts';
import type { NotUnderstood } from './landscape.ts';
import { readLandscape } from './read-landscape.ts';
import { Secrets } from './secrets.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seaworthy-import-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | Uint8Array): void {
  writeFileSync(join(folder, name), content);
}

/** What is said of the files, and that each is one line that shows nothing of their text. */
function remarks(): readonly string[] {
  const { notUnderstood } = readLandscape(folder, new Secrets(new Uint8Array(32)));
  for (const { why } of notUnderstood) expect(why.split('\n')).toHaveLength(1);
  return notUnderstood.map(({ file, line, why }) => `${file}:${line}: ${why}`);
}

const compose = 'services:\n  web:\n    image: web:1\n';

describe('files that mean no good', () => {
  it('such as bombs of aliases', () => {
    const levels = Array.from({ length: 9 }, (_, level) => {
      const before = level === 0 ? 'x' : `*a${level - 1}`;
      return `a${level}: &a${level} [${Array(9).fill(before).join(', ')}]`;
    });
    write('compose.yaml', `${compose}${levels.join('\n')}\n`);
    expect(remarks()).toEqual([
      expect.stringMatching(/^compose.yaml:\d+: more than 1000 aliases$/),
    ]);
  });

  it('such as an anchor that holds itself', () => {
    write('compose.yaml', `${compose}x: &x { y: *x }\n`);
    expect(remarks()).toEqual(['compose.yaml:4: an alias inside of what it stands for']);
  });

  it('such as maps that merge each other deeply', () => {
    const layers = Array.from({ length: 30 }, (_, at) => {
      const before = at === 0 ? 'a: 1' : `<<: [*m${at - 1}, *m${at - 1}]`;
      return `  m${at}: &m${at} { ${before} }`;
    });
    write('compose.yaml', `${compose}x:\n${layers.join('\n')}\n`);
    expect(remarks()).toEqual([expect.stringMatching(/more than 1000 aliases/)]);
  });

  it('such as brackets without end', () => {
    write('compose.yaml', `${compose}x: ${'['.repeat(100_000)}`);
    write('traces.json', `{"resourceSpans": ${'['.repeat(1_000_000)}`);
    write('a.ts', `const timeout = ${'('.repeat(100_000)}`);
    expect(remarks()).toEqual([
      'a.ts:1: too long, or not the code that its name says',
      'compose.yaml:4: nested too deeply',
      expect.stringContaining('traces.json:1: neither spans of OTLP'),
    ]);
  });

  it('such as files that are too long', () => {
    for (const name of ['compose.yaml', 'package-lock.json', 'trace.json']) {
      write(name, '{"resourceSpans": []');
      truncateSync(join(folder, name), 51_000_000);
    }
    expect(remarks()).toEqual([
      'compose.yaml:1: too long: 51 MB, at most 5 MB are read',
      'package-lock.json:1: too long: 51 MB, at most 5 MB are read',
      'trace.json:1: too long: 51 MB, at most 50 MB are read',
    ]);
  });

  it('such as other encodings, and none', () => {
    write('a.yaml', Buffer.from(`\uFEFF${compose}`, 'utf16le'));
    write('b.yaml', new Uint8Array([0x73, 0xff, 0xfe, 0x00, 0x80]));
    write('compose.yaml', `${compose}# \u0000\n`);
    expect(remarks()).toEqual([
      'a.yaml:1: UTF-16: save it as UTF-8',
      'b.yaml:1: not a text in UTF-8',
      'compose.yaml:4: this is not a text file in UTF-8',
    ]);
  });

  it('such as links in circles, and out of the folder', () => {
    mkdirSync(join(folder, 'a'));
    symlinkSync(folder, join(folder, 'a', 'up'));
    symlinkSync('/etc/passwd', join(folder, 'passwd.yaml'));
    write('compose.yaml', compose);
    expect(remarks()).toEqual([]);
    const { read } = readLandscape(folder, new Secrets(new Uint8Array(32)));
    expect(read).toEqual([{ file: 'compose.yaml', as: 'compose' }]);
  });

  it('such as more than anybody looks through', () => {
    for (let at = 0; at < 60; at++) write(`${at}.txt`, '');
    const said: NotUnderstood[] = [];
    walk(folder, said, { entries: 50, files: 10, depth: 2 });
    expect(said.map(({ why }) => why)).toEqual([
      'more than 50 files: the rest was not looked at; name a folder that has less in it',
    ]);
  });
});
