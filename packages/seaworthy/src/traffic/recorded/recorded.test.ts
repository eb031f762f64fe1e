import { stream } from '@seaworthy/policy/engine';
import { describe, expect, it } from 'vitest';

import { readModel } from '../../model/read.ts';
import { withRecordings } from './recorded-source.ts';
import { readRecording } from './read-recording.ts';
import type { RecordingError } from './recording.ts';

function read(text: string) {
  return readRecording(text, 'recorded', stream(1, 'source users', 'recorded'));
}

function refusal(text: string): string {
  try {
    read(text);
    return 'none';
  } catch (error) {
    const { message, expected } = error as RecordingError;
    return `${message}: ${expected}`;
  }
}

function get(path: string) {
  return { method: 'GET', path, headers: {}, body: undefined, weight: 1 };
}

describe('an access log', () => {
  const common = '10.0.0.1 - ann [21/Nov/2026:15:04:05 +0100] "GET /a?b=%20c HTTP/1.1" 200 12';
  const combined =
    '::1 - - [21/Nov/2026:14:04:07 +0000] "POST /b HTTP/2.0" 503 0 "-" "a \\"b\\" [c]"';

  it('is read in both formats, in whatever order it is', () => {
    const { requests, arrivals, leftOut } = read(`${combined}\n${common}\n\n${common}\r\n`);
    expect(requests).toEqual([{ ...get('/b'), method: 'POST' }, get('/a?b=%20c')]);
    expect(arrivals.map(({ request }) => request)).toEqual([1, 1, 0]);
    expect(arrivals[0]!.atMs).toBe(0);
    // Seconds 5, 5 and 7, and somewhere within.
    expect(arrivals[1]!.atMs).toBeLessThan(1000);
    expect(arrivals[2]!.atMs).toBeGreaterThan(1000);
    expect(arrivals[2]!.atMs).toBeLessThan(3000);
    expect(leftOut).toEqual({});
  });

  it('is spread within its seconds by the seed', () => {
    const text = Array.from({ length: 100 }, () => common).join('\n');
    const times = read(text).arrivals.map(({ atMs }) => atMs);
    expect(new Set(times).size).toBe(100);
    expect(times.at(-1)).toBeGreaterThan(900);
    expect(read(text).arrivals.map(({ atMs }) => atMs)).toEqual(times);
  });

  it('says what was left out', () => {
    const empty = common.replace(/"GET.*1"/, '"-"');
    const tls = common.replace(/"GET.*1"/, String.raw`"\x16\x03\x01"`);
    const late = common.replace('Nov', 'Nox');
    const odd = ['/\u00e9', '/{{a}}'].map((path) => common.replace('/a?b=%20c', path));
    expect(read([common, empty, tls, late, ...odd, 'Traceback:'].join('\n')).leftOut).toEqual({
      'with a path that no client sends': 1,
      'with {{ in it, which stands for data': 1,
      'without a request': 2,
      'not a line of an access log': 2,
    });
  });

  it('is refused where nothing is one', () => {
    expect(refusal('hello\n')).toBe(
      'recorded:1: not a recording: a HAR file, traces (OTLP as JSON, or of Jaeger), or an access ' +
        'log in the common or the combined format',
    );
  });
});

describe('a HAR file', () => {
  const entry = (time: string, url: string, more = {}) => ({
    startedDateTime: time,
    request: { method: 'GET', url, headers: [], ...more },
  });
  const har = (...entries: unknown[]): string => JSON.stringify({ log: { entries } });

  it('gives methods, paths, headers and bodies, to the host that was asked most', () => {
    const post = {
      method: 'POST',
      headers: [
        { name: ':authority', value: 'shop' },
        { name: 'Content-Type', value: 'application/json' },
        { name: 'Host', value: 'shop' },
        { name: 'Content-Length', value: '2' },
      ],
      postData: { mimeType: 'application/json', text: '{}' },
    };
    const text = har(
      entry('2026-11-21T15:04:06.500+01:00', 'https://shop/cart?a=1#b', post),
      entry('2026-11-21T14:04:05Z', 'https://shop/'),
      entry('2026-11-21T14:04:05Z', 'https://cdn/logo.png'),
      entry('2026-11-21T14:04:08.250Z', 'https://shop/'),
      entry('yesterday', 'https://shop/'),
    );
    expect(read(text)).toEqual({
      requests: [
        {
          method: 'POST',
          path: '/cart?a=1',
          headers: { 'content-type': 'application/json' },
          body: '{}',
          weight: 1,
        },
        get('/'),
      ],
      arrivals: [
        { atMs: 0, request: 1 },
        { atMs: 1500, request: 0 },
        { atMs: 3250, request: 1 },
      ],
      leftOut: { 'not to shop': 1, 'without a time': 1 },
    });
  });

  it('is refused where it is none', () => {
    expect(refusal(har())).toBe('recorded:1: nothing in it can be sent: it has no requests');
    expect(refusal('{"log":')).toMatch(/^recorded:1: no JSON: /);
    expect(refusal('{"log":{"entries":[{}]}}')).toMatch(
      /^recorded:1: no HAR file: log\.entries\.0\./,
    );
  });
});

describe('traces', () => {
  const span = (spanId: string, name: string, startMs: number, parentSpanId = '', kind = 2) => ({
    traceId: '1',
    spanId,
    parentSpanId,
    name,
    kind,
    startTimeUnixNano: `${startMs}000000`,
    endTimeUnixNano: `${startMs + 1}000000`,
  });
  const otlp = (...spans: unknown[]): string =>
    JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });

  it('give what came from outside', () => {
    const text = otlp(
      span('a', 'GET /cart', 1_795_000_000_100),
      span('b', 'GET /stock', 1_795_000_000_101, 'a'),
      span('c', 'POST /orders', 1_795_000_000_050, 'browser'),
      span('d', 'GET /orders/:id', 1_795_000_000_060),
      span('e', 'checkout', 1_795_000_000_060),
      span('f', 'GET /away', 1_795_000_000_060, '', 3),
    );
    expect(read(text)).toEqual({
      requests: [get('/cart'), { ...get('/orders'), method: 'POST' }],
      arrivals: [
        { atMs: 0, request: 1 },
        { atMs: 50, request: 0 },
      ],
      leftOut: { 'a route with parameters': 1, 'an operation that is no method and path': 1 },
    });
  });

  it('are refused where nothing in them can be sent', () => {
    expect(refusal(otlp(span('e', 'checkout', 1_795_000_000_060)))).toBe(
      'recorded:1: nothing in it can be sent: left out: 1 an operation that is no method and path',
    );
    expect(refusal('{"resourceSpans": 7}')).toBe(
      'recorded:1: not traces: OTLP as JSON, or what Jaeger downloads',
    );
  });
});

describe('the rate of a recording', () => {
  /** So many arrivals in each second, at times that are drawn. */
  function shapeOf(perSecond: readonly number[]): readonly (readonly number[])[] {
    const chance = stream(1, 'source users', 'recorded');
    const arrivals = perSecond
      .flatMap((count, second) => {
        return Array.from({ length: count }, () => 1000 * (second + chance.next()));
      })
      .toSorted((a, b) => a - b)
      .map((atMs, _, [firstMs]) => ({ atMs: atMs - firstMs!, request: 0 }));
    const { model } = readModel(
      'seaworthy: 1\nname: a\nservices: { web: {} }\ntraffic: { users: { to: web, rate: 1/s } }',
      'a.yaml',
      {},
    );
    const recordings = new Map([['users', { requests: [], arrivals, leftOut: {} }]]);
    const [source] = withRecordings(model, recordings).sources;
    if (source?.arrivals.kind !== 'open') throw new Error('no open loop');
    return source.arrivals.shape.map((step) => [Math.round(step.atMs), Math.round(step.perSecond)]);
  }

  it('is one where it changes by no more than chance', () => {
    const shape = shapeOf(Array.from({ length: 60 }, (_, second) => 95 + (second % 10)));
    expect(shape.map(([, perSecond]) => perSecond)).toEqual([100, 0]);
  });

  it('has a step where there is one', () => {
    const shape = shapeOf(Array.from({ length: 60 }, (_, second) => (second < 30 ? 100 : 300)));
    expect(shape.map(([, perSecond]) => Math.round(perSecond! / 50) * 50)).toEqual([100, 300, 0]);
    expect(Math.abs(shape[1]![0]! - 30_000)).toBeLessThanOrEqual(1000);
  });

  it('is that of a second for one alone', () => {
    expect(shapeOf([1])).toEqual([
      [0, 1],
      [1000, 0],
    ]);
  });
});
