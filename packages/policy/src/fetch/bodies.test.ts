import { afterEach, describe, expect, it } from 'vitest';
import * as undici from 'undici';
import {
  closeServers,
  ok,
  pause,
  reset,
  serve,
  status,
  stuck,
  until,
} from '../testing/http-server.ts';
import { hedged, quickly } from '../testing/quick-policies.ts';
import { withPolicy } from './fetch.ts';

const retrying = withPolicy(fetch, { timeout: '1s', retry: quickly });

afterEach(closeServers);

function streamOf(...chunks: string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async start(controller) {
      for (const chunk of chunks) {
        controller.enqueue(new TextEncoder().encode(chunk));
        await pause(1);
      }
      controller.close();
    },
  });
}

function post(body: RequestInit['body'], headers: Record<string, string> = {}): RequestInit {
  return { method: 'POST', body, headers, duplex: 'half' } as RequestInit;
}

describe('bodies of requests', () => {
  it('are sent again, whole, where they can be', async () => {
    const form = new FormData();
    form.set('a', 'b');
    const bodies = ['text', Buffer.from('bytes'), new URLSearchParams({ a: 'b' }), form];
    for (const body of [...bodies, new Blob(['blob'])]) {
      const { url, seen } = await serve(reset, status(503), ok('well'));
      expect((await retrying(url, { method: 'PUT', body })).status).toBe(200);
      const strip = (text: string): string => text.replaceAll(/formdata-undici-\d+/g, '');
      expect(seen[0]!.body).not.toBe('');
      expect(new Set(seen.map((one) => strip(one.body))).size).toBe(1);
    }
  });

  it('are sent again from a stream while little of it was read', async () => {
    const { url, seen } = await serve(reset, status(503), ok('well'));
    const response = await retrying(url, { ...post(streamOf('one ', 'two')), method: 'PUT' });
    expect(response.status).toBe(200);
    expect(seen.map(({ body }) => body)).toEqual(['one two', 'one two', 'one two']);
  });

  it('are sent again from a Request, with all that it says', async () => {
    const { url, seen } = await serve(reset, ok('well'));
    const headers = { 'content-type': 'text/x', 'x-a': 'b' };
    const response = await retrying(new Request(url, { method: 'PUT', body: 'text', headers }));
    expect(response.status).toBe(200);
    const all = seen.map((one) => [one.method, one.body, one.headers['x-a']]);
    expect(all).toEqual([
      ['PUT', 'text', 'b'],
      ['PUT', 'text', 'b'],
    ]);
    expect(seen[1]!.headers['content-type']).toBe('text/x');
  });

  it('are sent once from a stream of which much was read', async () => {
    const { url, seen } = await serve(status(503), ok('twice'));
    const big = streamOf('x'.repeat(40_000), 'y'.repeat(40_000));
    expect((await retrying(url, { ...post(big), method: 'PUT' })).status).toBe(503);
    expect(seen.map(({ body }) => body.length)).toEqual([80_000]);
    const never = withPolicy(fetch, { retry: quickly }, { replayBytes: 0 });
    await never(url, { ...post(streamOf('x')), method: 'PUT' });
    expect(seen).toHaveLength(2);
  });

  it('are not sent twice at once from a stream', async () => {
    const { url, seen } = await serve(async (_, response) => {
      await pause(60);
      response.end('put');
    });
    const hedging = withPolicy(fetch, { hedge: hedged });
    await hedging(url, { ...post(streamOf('x')), method: 'PUT' });
    expect(seen).toHaveLength(1);
  });
});

describe('bodies of responses', () => {
  it('do not hold the connection that the next attempt needs', async () => {
    const faults = [status(503, {}, 'x'.repeat(30_000)), stuck(503, 100), stuck(503, 200_000)];
    for (const fault of faults) {
      const { url, seen } = await serve(fault, ok('well'));
      const dispatcher = new undici.Agent({ connections: 1, pipelining: 1 });
      const narrow = withPolicy(undici.fetch, { timeout: '5s', retry: quickly });
      const response = await narrow(url, { dispatcher });
      expect([await response.text(), seen.length]).toEqual(['well', 2]);
      await dispatcher.close();
    }
  });

  it('leave the connection in use where they were short', async () => {
    const { url, seen } = await serve(status(503, {}, 'short'), ok('well'));
    const patient = withPolicy(fetch, {
      retry: { attempts: 2, backoff: { base: '120ms', jitter: 'none' } },
    });
    await (await patient(url)).text();
    expect(seen[1]!.socket).toBe(seen[0]!.socket);
  });

  it('outlive the deadline, and end when the caller aborts', async () => {
    const { url, seen } = await serve(stuck(200, 10));
    const brief = withPolicy(fetch, { deadline: '400ms' });
    const controller = new AbortController();
    const response = await brief(url, { signal: controller.signal });
    const reading = response.text().catch((error: unknown) => error);
    await pause(450);
    expect(seen[0]!.isAborted).toBe(false);
    controller.abort(new Error('enough'));
    expect(await reading).toMatchObject({ message: 'enough' });
    await until(() => seen[0]!.isAborted);
  });
});
