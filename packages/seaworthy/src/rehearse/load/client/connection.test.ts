import { createServer } from 'node:net';

import { afterEach, describe, expect, it } from 'vitest';

import { Rig } from '../../proxy/testing/rig.ts';
import type { LoadReading } from '../load.ts';
import { at, get, planTo } from '../testing/plan.ts';
import { playUntil } from '../testing/play.ts';

const rig = new Rig();
afterEach(() => rig.stop());

/** Two requests, one after the other, each answered with these bytes in these pieces. */
async function answeredWith(
  pieces: readonly string[],
  { ends = false, method = 'GET' } = {},
): Promise<LoadReading> {
  const server = createServer((socket) => {
    socket.setNoDelay().on('data', () => {
      for (const piece of pieces) socket.write(piece, 'latin1');
      if (ends) socket.end();
    });
  });
  const port = await rig.listen(server);
  const requests = [get('/', { method })];
  const plan = planTo(port, { requests, arrivals: at([0, 0]), maxConnections: 1 });
  return playUntil(plan, 2);
}

const head = 'HTTP/1.1 200 OK\r\n';

describe('an answer is whole', () => {
  it.each<[string, string[], { method?: string }?]>([
    ['by its length', [`${head}Content-Length: 2\r\n\r\nok`]],
    ['by its length, in pieces', `${head}Content-Length: 2\r\n\r\nok`.split('')],
    ['without a body', [`${head}Content-Length: 0\r\n\r\n`]],
    ['in chunks', [`${head}Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`]],
    ['in chunks with trailers', [`${head}Transfer-Encoding: chunked\r\n\r\n0\r\na: b\r\n\r\n`]],
    ['with the same length twice', [`${head}Content-Length: 1\r\nContent-Length: 1\r\n\r\n.`]],
    [
      'after others that are not yet it',
      [`HTTP/1.1 103 Early\r\n\r\n${head}content-length:0\r\n\r\n`],
    ],
    ['when HEAD asked, whatever it says', [`${head}Content-Length: 9\r\n\r\n`], { method: 'HEAD' }],
    ['204', ['HTTP/1.1 204 No Content\r\n\r\n']],
    ['304, whatever it says', ['HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n']],
    [
      'of HTTP/1.0 that stays',
      ['HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n'],
    ],
  ])('%s', async (_, pieces, options) => {
    const reading = await answeredWith(pieces, options);
    expect(reading).toMatchObject({ succeeded: 2, connected: 1, problems: {} });
  });

  it.each([
    ['that ends with its connection', `${head}\r\nok`],
    ['of HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n'],
    ['that says it closes', `${head}Connection: close\r\nContent-Length: 0\r\n\r\n`],
  ])('%s, and its connection is not used again', async (_, text) => {
    const reading = await answeredWith([text], { ends: true });
    expect(reading).toMatchObject({ succeeded: 2, connected: 2, problems: {} });
  });

  it('when more comes than was asked for, and its connection is not used again', async () => {
    const reading = await answeredWith([`${head}Content-Length: 1\r\n\r\nok`]);
    expect(reading).toMatchObject({ succeeded: 2, connected: 2 });
  });
});

describe('a broken answer is an error that says what is wrong', () => {
  it.each([
    ['what is no head of HTTP/1', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
    ['what is no head of HTTP/1', 'HTTP/2 200 OK\r\n\r\n'],
    ['a content-length that is no number', `${head}Content-Length: -1\r\n\r\n`],
    [
      'a content-length that is no number',
      `${head}Content-Length: 1\r\nContent-Length: 2\r\n\r\n..`,
    ],
    [
      'both a transfer-encoding and a content-length',
      `${head}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n`,
    ],
    ['a chunk without a size', `${head}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`],
    [
      'a chunk that is longer than it says',
      `${head}Transfer-Encoding: chunked\r\n\r\n1\r\nok\r\n0\r\n\r\n`,
    ],
    ['a head with a line that is no field', `${head}what is this\r\nContent-Length: 0\r\n\r\n`],
    ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n'],
    ['a head or a line of over 65536 bytes', `${head}a: ${'b'.repeat(70_000)}`],
  ])('%s', async (what, text) => {
    expect(await answeredWith([text])).toMatchObject({
      succeeded: 0,
      failed: { error: 2 },
      problems: { [`answered with ${what}`]: 2 },
    });
  });
});

describe('an answer that is cut off is a reset', () => {
  it.each([
    ['closed before its answer', ''],
    ['closed within its answer', 'HTTP/1.1 200'],
    ['closed within its answer', `${head}Content-Length: 3\r\n\r\nok`],
    ['closed within its answer', `${head}Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n`],
  ])('%s', async (problem, text) => {
    expect(await answeredWith([text], { ends: true })).toMatchObject({
      succeeded: 0,
      failed: { reset: 2 },
      problems: { [problem]: 2 },
    });
  });

  it('by a reset', async () => {
    const server = createServer((socket) => void socket.on('data', () => socket.resetAndDestroy()));
    const port = await rig.listen(server);
    const plan = planTo(port, { arrivals: at([0]) });
    expect(await playUntil(plan, 1)).toMatchObject({
      failed: { reset: 1 },
      problems: { ECONNRESET: 1 },
    });
  });
});
