import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { join } from '../model/import/join/join.ts';
import type { Landscape } from '../model/import/landscape.ts';
import { emptyParts } from '../model/import/parts.ts';
import { readSource } from '../model/import/readers.ts';
import { Secrets } from '../model/import/secrets.ts';
import { modelText } from '../model/import/write/model-text.ts';
import { readModel } from '../model/read.ts';
import { Source } from '../model/source/source.ts';
import { check } from './check.ts';
import { rules } from './rules/rules.ts';
import { files as wholeFiles } from './testing/any-files.ts';

/** What a file comes to when a tool, a merge or a tired person has changed it. */
const values = fc.oneof(
  fc.constantFrom(
    '',
    '-1',
    '0',
    '1e400',
    '.nan',
    'null',
    '~',
    '[]',
    '{}',
    'true',
    '100%',
    '5m',
    '""',
  ),
  fc.constantFrom(
    '*x',
    '&x',
    '!t',
    '- ',
    ': ',
    '{',
    '[',
    '"',
    "'",
    '|',
    '>',
    '#',
    '\t',
    '\n',
    '\u0000',
    '${A:-b}',
    '{{ .x }}',
  ),
  fc.integer().map(String),
  fc.string({ maxLength: 8 }),
);

interface Change {
  readonly at: number;
  readonly length: number;
  readonly by: string;
}

/** A value, or any few characters. */
const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 0.999, noNaN: true }),
    length: fc.integer({ min: 0, max: 12 }),
    by: values,
  }),
  { minLength: 1, maxLength: 4 },
);

function changed(text: string, all: readonly Change[]): string {
  return all.reduce((now, { at, length, by }) => {
    const from = Math.floor(at * now.length);
    // Half of them from where a value begins, to its end.
    const value = length % 2 === 0 ? /[^\s:,[\]{}"=]+/g : undefined;
    if (value === undefined) return now.slice(0, from) + by + now.slice(from + length);
    value.lastIndex = from;
    const found = value.exec(now);
    if (found === null) return now + by;
    return now.slice(0, found.index) + by + now.slice(found.index + found[0].length);
  }, text);
}

function read(texts: ReadonlyMap<string, string>): Landscape {
  const parts = emptyParts(new Secrets(new Uint8Array(32)));
  const sources = new Map([...texts].map(([name, text]) => [name, new Source(name, text)]));
  for (const source of sources.values()) readSource(source, parts, (name) => sources.get(name));
  return join(parts);
}

/** The places of all that has one. */
function* placesIn(value: unknown): Generator<{ file: string; line: number; column: number }> {
  if (typeof value !== 'object' || value === null) return;
  if ('file' in value && 'line' in value && 'column' in value) {
    yield value as { file: string; line: number; column: number };
  }
  for (const inner of Object.values(value)) yield* placesIn(inner);
}

function isInside(
  { file, line, column }: { file: string; line: number; column: number },
  texts: ReadonlyMap<string, string>,
): boolean {
  const lines = texts.get(file)?.split('\n') ?? [];
  const length = lines[line - 1]?.length ?? -1;
  return line >= 1 && column >= 1 && column <= length + 1;
}

describe('files of any text', () => {
  it.each(Object.keys(wholeFiles))('are read like %s: places, rules, a model', (name) => {
    const { [name]: text, ...rest } = wholeFiles;
    fc.assert(
      fc.property(changes, (all) => {
        const texts = new Map(Object.entries({ ...rest, [name]: changed(text!, all) }));
        const landscape = read(texts);
        const outside = [...placesIn({ ...landscape, models: [] })].filter(
          (place) => !isInside(place, texts),
        );
        expect(outside).toEqual([]);
        expect(() => check({ ...landscape, today: '2026-11-21' }, rules)).not.toThrow();
        const written = modelText(landscape, 'any');
        if (written !== undefined) expect(() => readModel(written, 'any.yaml', {})).not.toThrow();
      }),
      { numRuns: 3 },
    );
  });

  it('are all read, when nothing has changed them', () => {
    const landscape = read(new Map(Object.entries(wholeFiles)));
    expect(landscape.notUnderstood).toEqual([]);
    expect(landscape.read.map(({ file }) => file).toSorted()).toEqual(
      Object.keys(wholeFiles).toSorted(),
    );
  });
});
