import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { RedisTurns } from './redis-turns.ts';
import { ValueReader } from './value-reader.ts';

const bytes = fc.string({ maxLength: 20, unit: 'binary-ascii' });
const line = bytes.map((text) => text.replaceAll(/[\r\n]/g, '.'));

function oneOf(types: string): fc.Arbitrary<string> {
  return fc.constantFrom(...types.split(''));
}

/** A value of RESP2 or RESP3, as it is sent. */
const { value } = fc.letrec<{ value: string }>((tie) => {
  const list = fc.array(tie('value'), { maxLength: 4 });
  const pairs = fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 3 });
  return {
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.tuple(oneOf('+-:_,#('), line).map((parts) => `${parts.join('')}\r\n`),
      fc.tuple(oneOf('$=!'), bytes).map(([type, text]) => `${type}${text.length}\r\n${text}\r\n`),
      fc.constantFrom('$-1\r\n', '*-1\r\n'),
      fc.tuple(oneOf('*~>'), list).map(([type, all]) => `${type}${all.length}\r\n${all.join('')}`),
      pairs.map((all) => `%${all.length}\r\n${all.flat().join('')}`),
      fc
        .tuple(pairs, tie('value'))
        .map(([all, of]) => `|${all.length}\r\n${all.flat().join('')}${of}`),
    ),
  };
});

/** The same bytes, in pieces. */
function piecesOf(text: string, cuts: readonly number[]): Buffer[] {
  const all = Buffer.from(text, 'latin1');
  const places = [...new Set(cuts.map((cut) => cut % (all.length + 1)))];
  const ends = [...places.toSorted((left, right) => left - right), all.length];
  return ends.map((end, index) => all.subarray(ends[index - 1] ?? 0, end));
}

const cuts = fc.array(fc.nat(), { maxLength: 12 });

describe('what a Redis says', () => {
  it('ends where it does, however its bytes come', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 4 }), cuts, (values, at) => {
        const reader = new ValueReader();
        const ends: number[] = [];
        let passed = 0;
        for (const piece of piecesOf(values.join(''), at)) {
          for (let from = 0; from < piece.length;) {
            from = reader.scan(piece, from);
            if (reader.hasEnded) ends.push(passed + from);
          }
          passed += piece.length;
        }
        let end = 0;
        expect(ends).toEqual(values.map((text) => (end += text.length)));
        expect([reader.isLost, reader.isWithin]).toEqual([false, false]);
      }),
    );
  });

  it('may be any bytes at all', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.uint8Array({ maxLength: 40 }),
        value.map((text) => Buffer.from(text)),
      ),
    );
    fc.assert(
      fc.property(pieces, fc.boolean(), (all, isUpstream) => {
        const times: number[] = [];
        const turns = new RedisTurns((ms) => times.push(ms));
        const direction = isUpstream ? 'upstream' : 'downstream';
        for (const piece of all) turns.passed(direction, Buffer.from(piece), 0);
        expect(times).toEqual([]);
      }),
    );
  });

  it('answers each command in its turn', () => {
    const words = fc.array(bytes, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(fc.tuple(words, value), { maxLength: 6 }), cuts, (talk, at) => {
        const times: number[] = [];
        const turns = new RedisTurns((ms) => times.push(ms));
        const asked = talk.filter(([, reply]) => !/^(?:\|[^]*|>)/.test(reply));
        for (const [index, [own]] of asked.entries()) {
          const strings = own.map((word) => `$${word.length}\r\n${word}\r\n`);
          const command = `*${own.length}\r\n${strings.join('')}`;
          for (const piece of piecesOf(command, at)) turns.passed('upstream', piece, index);
        }
        for (const [index, [, reply]] of asked.entries()) {
          const [first, ...others] = piecesOf(reply, at).filter((piece) => piece.length > 0);
          turns.passed('downstream', first!, 100 + 2 * index);
          for (const piece of others) turns.passed('downstream', piece, 1000);
        }
        expect(times).toEqual(asked.map((_, index) => 100 + index));
      }),
    );
  });
});
