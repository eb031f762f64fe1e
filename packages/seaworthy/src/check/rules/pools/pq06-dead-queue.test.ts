import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { pq06 } from './pq06-dead-queue.ts';
import { shop } from '../../testing/shop.ts';

/** One replica that carries 100/s, whose caller waits 2 s: 200 are answered in time. */
function queue(words: string, call = 'timeout: 2s'): string {
  return messages(
    pq06,
    modelLandscape(`seaworthy: 1
name: one
services:
  web: { steps: [{ call: api }] }
  api: { concurrency: 1, queue: { ${words} }, steps: [{ wait: 10ms }] }
calls: { web -> api: { ${call} } }
traffic: { people: { to: web, rate: 10/s } }
`),
  );
}

describe('PQ06', () => {
  it('finds a queue whose end is answered too late', () => {
    expect(queue('limit: 1000')).toMatchInlineSnapshot(`
      "seaworthy.yaml:5:42 high PQ06
      api: 1000 requests may wait at a replica, and 200 of them are answered within the 2 s that
      web waits
        queue of api: 1,000 (seaworthy.yaml:5)
        capacity of api: 100/s (seaworthy.yaml:5)
        timeout of an attempt of web -> api: 2 s (seaworthy.yaml:6)
      passes: a limit of 200, or order: codel (web -> api is the most patient)"
    `);
    expect(queue('limit: unlimited')).toContain('any number of requests');
  });

  it('is content with what is answered in time, and with what is dropped by age', () => {
    expect(queue('limit: 200')).toBe('');
    expect(queue('limit: 201')).toContain('a limit of 200');
    expect(queue('limit: 1000, order: codel')).toBe('');
    expect(queue('limit: 1000, maxWait: 1s')).toBe('');
    expect(queue('limit: 1000', 'retry: 1')).toBe('');
  });

  it('knows a queue by the slots that can be taken', () => {
    const text = shop('web -> payments: { timeout: 100ms }').replace(
      'concurrency: 16, ',
      'queue: { limit: 10000 }, ',
    );
    expect(messages(pq06, modelLandscape(text))).toBe('');
  });
});
