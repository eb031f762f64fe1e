import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type Head, readRequestHead, readResponseHead } from './head.ts';

const end = '\r\n\r\n';

/** What heads are made of, and what they are not, in any order. */
const anyHead = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('GET ', '/a', '?b', ' HTTP/1.1\r\n', 'a: b\r\n') },
      fc.constantFrom('HTTP/1.0 200 ', 'HTTP/1.1 503', ' HTTP/1.0', ' HTTP/1.2', ' ', '\t', ':'),
      fc.constantFrom('\r\n', '\r', '\n', '#c', 'x y:', '\xe4', '20', '4'),
    ),
    { maxLength: 8 },
  )
  .map((parts) => `${parts.join('')}${end}`)
  .filter((text) => text.indexOf(end) === text.length - end.length);

/** The grammar of RFC 9112, sections 3 and 4, as far as it is held to. */
const requestLine =
  /^(?:\r\n)*([!#$%&'*+.^_`|~0-9A-Za-z-]+ (?=\S)[^\s?#]*)(?:[?#]\S*)? HTTP\/1\.([01])\r\n/;
const statusLine = /^HTTP\/1\.([01]) (\d{3})(?: |\r\n|$)/;
const strangeLine = /\r\n(?![!#$%&'*+.^_`|~0-9A-Za-z-]+:|\r\n|$)/;

/** In the midst of others. */
function read(text: string, isResponse: boolean): Head | undefined {
  const bytes = Buffer.from(`..${text}GET / HTTP/1.1${end}`, 'latin1');
  const to = 2 + text.length;
  return isResponse ? readResponseHead(bytes, 2) : readRequestHead(bytes, 2, to);
}

describe('a head', () => {
  it('of a request is read where the grammar has one, and nowhere else', () => {
    fc.assert(
      fc.property(anyHead, (text) => {
        const match = requestLine.exec(text);
        const head = read(text, false);
        expect(head?.methodAndPath).toBe(match?.[1]);
        expect(head?.isOld).toBe(match === null ? undefined : match[2] === '0');
      }),
      { numRuns: 1000 },
    );
  });

  it('of a response is read where the grammar has one, and nowhere else', () => {
    fc.assert(
      fc.property(anyHead, (text) => {
        const match = statusLine.exec(text);
        const head = read(text, true);
        expect(head?.status).toBe(match === null ? undefined : Number(match[2]));
        expect(head?.isOld).toBe(match === null ? undefined : match[1] === '0');
        expect(head?.fields.isTidy).toBe(match === null ? undefined : !strangeLine.test(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('has the fields that are wanted, however they are written, and lists of the repeated', () => {
    const blank = fc.constantFrom('', ' ', ' \t ');
    const line = fc.record({
      name: fc.constantFrom(
        'Content-Length',
        'BAGGAGE',
        'expect',
        'X-Request-Id',
        'X-Other',
        'Exp',
      ),
      before: blank,
      value: fc.constantFrom('', '7', 'a, b', 'c=\xe4', 'd: e', 'f\rg'),
      after: blank,
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), fc.boolean(), (lines, isResponse) => {
        const text = lines.map((one) => `${one.name}:${one.before}${one.value}${one.after}\r\n`);
        const first = isResponse ? 'HTTP/1.1 200 OK' : 'GET / HTTP/1.1';
        const wanted = new Map<string, string>();
        for (const { name, value } of lines.filter((one) => !/^(x-o|exp$)/i.test(one.name))) {
          const before = wanted.get(name.toLowerCase());
          const isNew = before === undefined || before === value;
          wanted.set(name.toLowerCase(), isNew ? value : `${before}, ${value}`);
        }
        expect(read(`${first}\r\n${text.join('')}\r\n`, isResponse)?.fields).toEqual({
          isTidy: true,
          ...Object.fromEntries(wanted),
        });
      }),
    );
  });
});
