import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MessageFramer } from './message-framer.ts';

const word = fc.stringMatching(/^[a-z]{1,8}$/);
const bodyText = fc.string({ maxLength: 60, unit: 'binary-ascii' });

/** A body in chunks, with extensions and trailers as they may be. */
const chunked = fc
  .tuple(fc.array(bodyText, { maxLength: 4 }), fc.boolean())
  .map(([chunks, hasTrailer]) => {
    const full = chunks.filter((chunk) => chunk !== '');
    const lines = full.map((chunk) => `${chunk.length.toString(16)};a=b\r\n${chunk}\r\n`);
    const body = `${lines.join('')}0\r\n${hasTrailer ? 'x-sum: 1\r\n' : ''}\r\n`;
    return `Transfer-Encoding: gzip, chunked\r\n\r\n${body}`;
  });

const sized = bodyText.map((body) => `Content-Length: ${body.length}\r\n\r\n${body}`);

const requestText = fc
  .tuple(
    fc.constantFrom('GET', 'POST', 'M-SEARCH'),
    word,
    fc.oneof(chunked, sized, fc.constant('\r\n')),
  )
  .map(([method, path, rest]) => `${method} /${path} HTTP/1.1\r\nhost: a\r\n${rest}`);

const responseText = fc
  .tuple(fc.constantFrom(200, 404, 503), fc.boolean(), fc.oneof(chunked, sized))
  .map(([status, isContinued, rest]) => {
    const interim = isContinued ? 'HTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\n' : '';
    return `${interim}HTTP/1.1 ${status} X\r\ndate: now\r\n${rest}`;
  });

/** Where the messages end, of a text that comes in these pieces. */
function endsOf(text: string, cuts: readonly number[], isResponse: boolean): number[] {
  const bytes = Buffer.from(text, 'latin1');
  const ends: number[] = [];
  let begun = 0;
  const framer = new MessageFramer(isResponse, {
    begins: () => void begun++,
    head: ({ status }) => (status >= 100 && status < 200 ? 'interim' : 'framed'),
  });
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))];
  const sorted = [0, ...places.toSorted((a, b) => a - b), bytes.length];
  for (const [index, from] of sorted.slice(0, -1).entries()) {
    const piece = bytes.subarray(from, sorted[index + 1]);
    for (let at = 0; at < piece.length;) {
      const next = framer.scan(piece, at);
      expect(next).toBeGreaterThan(at);
      if (framer.hasEnded) ends.push(from + next);
      at = next;
    }
  }
  expect(framer.isRaw).toBe(false);
  expect(begun).toBe(ends.length);
  return ends;
}

describe('the framer', () => {
  it.each([
    ['requests', requestText, false],
    ['responses', responseText, true],
  ] as const)('finds the ends of %s, however their bytes come', (_what, message, isResponse) => {
    fc.assert(
      fc.property(
        fc.array(message, { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        (messages, cuts) => {
          let end = 0;
          const ends = messages.map((text) => (end += text.length));
          expect(endsOf(messages.join(''), cuts, isResponse)).toEqual(ends);
        },
      ),
    );
  });

  it('goes through any bytes at all, and never stands still', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 80 })),
        fc.boolean(),
        (pieces, isResponse) => {
          const framer = new MessageFramer(isResponse, {
            begins: () => undefined,
            head: () => 'framed',
          });
          for (const piece of pieces) {
            const bytes = Buffer.from(piece);
            for (let at = 0; at < bytes.length;) {
              const next = framer.scan(bytes, at);
              expect(next).toBeGreaterThan(at);
              expect(next).toBeLessThanOrEqual(bytes.length);
              at = next;
            }
          }
        },
      ),
    );
  });
});
