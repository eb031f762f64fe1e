import { afterEach, describe, expect, expectTypeOf, it } from 'vitest';
import * as undici from 'undici';
import { policy, task } from '../node.ts';
import {
  closeServers,
  hang,
  nobody,
  ok,
  pause,
  reset,
  serve,
  status,
  until,
} from '../testing/http-server.ts';
import { hedged, quickly } from '../testing/quick-policies.ts';
import { systemClock } from '../time/system.ts';
import { policyOf, retry } from '../parts.ts';
import { judgeResponse, withMadePolicy, withPolicy } from './fetch.ts';

const retrying = withPolicy(fetch, { timeout: '1s', retry: quickly });

afterEach(closeServers);

function post(body: RequestInit['body'], headers: Record<string, string> = {}): RequestInit {
  return { method: 'POST', body, headers, duplex: 'half' } as RequestInit;
}

describe('withPolicy', () => {
  it('has the signature of the fetch that it wraps', () => {
    expectTypeOf(retrying).toExtend<typeof fetch>();
    expectTypeOf(withPolicy(undici.fetch, {})).toExtend<typeof undici.fetch>();
  });

  it('asks again after a reset, an overload, and a bad gateway', async () => {
    for (const fault of [reset, status(503), status(429), status(502), status(504)]) {
      const { url, seen } = await serve(fault, ok('well'));
      const response = await retrying(url);
      expect([await response.text(), response.url, seen.length]).toEqual(['well', `${url}/`, 2]);
    }
  });

  it('takes every other status for an answer', async () => {
    for (const code of [200, 301, 400, 401, 404, 408, 409, 412, 425, 500, 501, 505]) {
      const { url, seen } = await serve(status(code));
      const response = await retrying(url, { redirect: 'manual' });
      expect([response.status, seen.length]).toEqual([code, 1]);
    }
  });

  it('asks again after 500 where that is asked for, and never after 501', async () => {
    const { url, seen } = await serve(status(500), ok('well'));
    const daring = withPolicy(fetch, { retry: quickly }, { failures: [500] });
    expect((await daring(url)).status).toBe(200);
    expect(seen).toHaveLength(2);
    expect(() => withPolicy(fetch, {}, { failures: [501] })).toThrow('leave out 501 and 505');
    expect(() => withPolicy(fetch, {}, { failures: [404] })).toThrow('from 500 to 599');
  });

  it('gives the last 503 itself, with its body, when no attempt did better', async () => {
    const { url, seen } = await serve(status(503, { 'x-number': '7' }, 'too much'));
    const response = await retrying(url);
    expect(response.status).toBe(503);
    expect(response.headers.get('x-number')).toBe('7');
    expect(await response.text()).toBe('too much');
    expect(seen).toHaveLength(3);
  });

  it('waits for as long as Retry-After says', async () => {
    const { url } = await serve(status(503, { 'retry-after': '1' }), ok('well'));
    const startMs = systemClock.now();
    expect((await retrying(url)).status).toBe(200);
    const waitedMs = systemClock.now() - startMs;
    expect(waitedMs).toBeGreaterThan(995);
    expect(waitedMs).toBeLessThan(1900);
  });

  it('reads a date in Retry-After, too, and does not wait for one far away', async () => {
    const future = 'Thu, 01 Jan 2099 00:00:00 GMT';
    const far = await serve(status(429, { 'retry-after': future }));
    expect((await retrying(far.url)).status).toBe(429);
    expect(far.seen).toHaveLength(1);
    const past = await serve(
      status(429, { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }),
      ok('well'),
    );
    expect((await retrying(past.url)).status).toBe(200);
  });

  it('does not ask again for what another policy shed', async () => {
    for (const reason of ['shed', 'deadline']) {
      const { url, seen } = await serve(status(503, { 'x-seaworthy-reason': reason }));
      expect((await retrying(url)).status).toBe(503);
      expect(seen).toHaveLength(1);
    }
  });

  it('opens the breaker for failed responses, and not for shed ones', async () => {
    const { url, seen } = await serve(status(503));
    const breaking = withPolicy(fetch, { name: 'quotes', breaker: { consecutive: 2 } });
    await breaking(url);
    await breaking(url);
    await expect(breaking(url)).rejects.toMatchObject({
      code: 'SEAWORTHY_BREAKER_OPEN',
      who: 'quotes',
    });
    expect(seen).toHaveLength(2);
    const shedding = await serve(status(503, { 'x-seaworthy-reason': 'shed' }));
    const calm = withPolicy(fetch, { breaker: { consecutive: 2 } });
    for (let call = 0; call < 5; call++) await calm(shedding.url);
    expect(calm.policy.snapshot().breaker).toBe('closed');
  });

  it('takes a policy that others use as well', async () => {
    const { url, seen } = await serve(status(503), ok('well'));
    const shared = policy<Response>({ retry: quickly, judge: judgeResponse() });
    expect((await withPolicy(fetch, shared)(url)).status).toBe(200);
    expect(seen).toHaveLength(2);
  });

  it('goes around a policy of few parts', async () => {
    const { url, seen } = await serve(status(503), ok('well'));
    const few = policyOf(retry)({ retry: quickly, judge: judgeResponse() });
    const asked = withMadePolicy(fetch, few);
    expect(await (await asked(url)).text()).toBe('well');
    expect(seen).toHaveLength(2);
    expect(asked.policy.snapshot().inFlight).toBe(0);
  });

  it('goes where the policy says, where there are several endpoints', async () => {
    const one = await serve(ok('one'));
    const two = await serve(ok('two'));
    const both = withPolicy(fetch, { endpoints: [one.url, two.url], balance: 'round-robin' });
    await both('/a?b=c');
    await both('/a?b=c');
    expect([one.seen[0]?.url, two.seen[0]?.url]).toEqual(['/a?b=c', '/a?b=c']);
  });

  it('says what is wrong with its options', () => {
    const given = { cache: '1s' } as unknown as { timeout: '1s' };
    expect(() => withPolicy(fetch, given)).toThrow('cache is "1s": not an option for fetch');
    expect(() => withPolicy(fetch, {}, { replayBytes: -1 })).toThrow('replayBytes is -1');
  });
});

describe('idempotency', () => {
  it('sends a POST once, whatever comes of it', async () => {
    for (const fault of [reset, status(503), status(502)]) {
      const { url, seen } = await serve(fault, ok('twice'));
      await retrying(url, post('pay')).catch(() => {});
      expect(seen).toHaveLength(1);
    }
  });

  it('does not send a POST again that timed out, and sends a PUT', async () => {
    const impatient = withPolicy(fetch, { timeout: '200ms', retry: quickly });
    const first = await serve(hang, ok('twice'));
    await expect(impatient(first.url, post('pay'))).rejects.toMatchObject({
      // On a machine that is so busy that the timer was late, too.
      code: expect.stringMatching(/^SEAWORTHY_(TIMEOUT|LAG)$/),
    });
    const second = await serve(hang, ok('well'));
    expect((await impatient(second.url, { method: 'PUT', body: 'x' })).status).toBe(200);
    expect([first.seen.length, second.seen.length]).toEqual([1, 2]);
  });

  it('sends a POST with an Idempotency-Key again, with the same key', async () => {
    const { url, seen } = await serve(reset, status(503), ok('well'));
    const response = await retrying(url, post('pay', { 'Idempotency-Key': '"7"' }));
    expect(response.status).toBe(200);
    const keys = seen.map(({ body, headers }) => [body, headers['idempotency-key']]);
    expect(keys).toEqual(Array.from({ length: 3 }, () => ['pay', '"7"']));
  });

  it('sends a POST again that was never sent, unless a redirect may have been followed', async () => {
    const url = await nobody();
    let attempts = 0;
    const counted = withPolicy(
      (input: string, init?: RequestInit) => {
        attempts++;
        return fetch(input, init);
      },
      { retry: quickly },
    );
    const { status: code } = await serve(ok('x')).then((one) =>
      counted(one.url, { ...post('pay'), redirect: 'error' }),
    );
    expect([code, attempts]).toEqual([200, 1]);
    await expect(counted(url, { ...post('pay'), redirect: 'error' })).rejects.toThrow();
    expect(attempts).toBe(4);
    await expect(counted(url, post('pay'))).rejects.toThrow();
    expect(attempts).toBe(5);
  });

  it('hedges a GET, and not a POST', async () => {
    const hedging = withPolicy(fetch, { hedge: hedged });
    const late = await serve(hang, ok('well'));
    expect(await (await hedging(late.url)).text()).toBe('well');
    // The one that lost is aborted.
    await until(() => late.seen[0]!.isAborted);
    const slow = await serve(async (_, response) => {
      await pause(60);
      response.end('paid');
    });
    await hedging(slow.url, post('pay'));
    expect(slow.seen).toHaveLength(1);
  });
});

describe('the signal of the caller', () => {
  it('ends the call at once, in an attempt and between two', async () => {
    const slowly = { attempts: 3, backoff: { base: '10s', cap: '10s', jitter: 'none' } } as const;
    for (const fault of [hang, status(503)]) {
      const { url, seen } = await serve(fault);
      const controller = new AbortController();
      const patient = withPolicy(fetch, { retry: slowly });
      const ended = patient(url, { signal: controller.signal }).catch((error: unknown) => error);
      await until(() => seen.length === 1);
      await pause(20);
      controller.abort(new Error('gave up'));
      expect(await ended).toMatchObject({ message: 'gave up' });
      expect(seen).toHaveLength(1);
    }
  });
});

describe('what the callee is told', () => {
  it('is nothing, unless that is asked for', async () => {
    const { url, seen } = await serve(ok('well'));
    await task({ deadline: '5s', attempts: 3 }, () => retrying(url));
    const names = Object.keys(seen[0]!.headers).filter((name) => name.startsWith('x-seaworthy'));
    expect(names).toEqual([]);
  });

  it('is what is left, anew for each attempt', async () => {
    const { url, seen } = await serve(hang, status(503), ok('well'));
    const telling = withPolicy(
      fetch,
      { deadline: '2s', timeout: '300ms', retry: quickly },
      { propagate: true },
    );
    const options = { deadline: '10s', attempts: 5, criticality: 'critical-plus' } as const;
    await task(options, () => telling(url, { headers: { a: 'b', traceparent: '00-1-2-01' } }));
    const told = seen.map(({ headers }) => headers);
    const remaining = told.map((headers) => Number(headers['x-seaworthy-remaining-ms']));
    expect(remaining[0]).toBeGreaterThan(1700);
    expect(remaining[0]).toBeLessThanOrEqual(2000);
    expect(remaining[1]).toBeLessThanOrEqual(1700);
    expect(told.map((headers) => headers['x-seaworthy-attempts-left'])).toEqual(['4', '3', '2']);
    expect(told[0]!['x-seaworthy-criticality']).toMatch(/^critical-plus; \d+$/);
    expect(told.map((headers) => [headers['a'], headers['traceparent']])).toEqual(
      Array.from({ length: 3 }, () => ['b', '00-1-2-01']),
    );
  });

  it('is what the task has left, and not that this request is sent once', async () => {
    const { url, seen } = await serve(ok('well'));
    const telling = withPolicy(fetch, {}, { propagate: true });
    await task({ attempts: 5 }, () => telling(url, post('pay')));
    await task({ attempts: 5 }, (own) => telling(url, { ...post('pay'), task: own }));
    const told = seen.map(({ headers }) => headers['x-seaworthy-attempts-left']);
    expect(told).toEqual(['4', '4']);
  });
});
