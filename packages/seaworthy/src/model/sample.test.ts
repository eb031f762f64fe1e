import { describe, expect, it } from 'vitest';
import { ModelError } from './problem.ts';
import { readModel } from './read.ts';

const backoff = '{ base: 50ms, cap: 1s, jitter: full }';
const retry = `{ attempts: 3, backoff: ${backoff}, budget: { share: 10%, floor: 1/s } }`;

/**
 * The file that the design was drawn with: every word of it must be accepted.
 *
 * It calls two services that it does not show.
 */
const sample = `
seaworthy: 1
name: shop
services:
  web:
    replicas: 3
    concurrency: 64                       # requests one replica works on at once
    queue: { limit: 128, order: fifo }    # fifo, lifo, codel
    steps:
      - cpu: 1ms
      - together: [{ call: catalog }, { call: offers }]
      - call: payments
  payments:
    replicas: 2
    concurrency: 16
    steps:
      - wait: { p50: 40ms, p99: 400ms }   # log-normal through both
calls:
  web -> payments:
    deadline: 2s
    timeout: 800ms
    retry: ${retry}
    breaker: { failures: 50%, of: 20, within: 10s, open: 5s }
    limit: adaptive
traffic:
  shoppers: { to: web, rate: 300/s }      # open loop
scenarios:
  payments-brownout:
    - { at: 60s, for: 10s, slow: payments, by: 10x }
objectives:
  - web p99 < 500ms
  - web success > 99.9%
  - recovers within 30s
environments:
  production: { traffic: { shoppers: { rate: 900/s } } }
`;

const shown = sample.replace('  payments:\n', '  catalog: {}\n  offers: {}\n  payments:\n');

function messagesOf(text: string): readonly string[] {
  try {
    readModel(text, 'sample.yaml', {});
    return [];
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return error.problems.map(({ message }) => message);
  }
}

describe('the sample of the design', () => {
  it('is accepted word for word, but for the services that it leaves out', () => {
    const missing = ['unknown service "catalog"', 'unknown service "offers"'];
    expect(messagesOf(sample)).toEqual(missing);
    expect(messagesOf(shown)).toEqual([]);
  });

  it('says what it seems to say', () => {
    const { model } = readModel(shown, 'sample.yaml', { environment: 'production' });
    const edge = model.edges.find(({ name }) => name === 'web -> payments');
    expect(edge?.policy).toMatchObject({
      deadlineMs: 2000,
      timeoutMs: 800,
      retry: { attempts: 3, budget: { share: 0.1, floorPerSecond: 1 } },
      breaker: { failureShare: 0.5, minimumCalls: 20, withinMs: 10_000, openMs: 5000 },
      limit: { concurrency: { min: 1, max: 1000, initial: 20 } },
    });
    expect(model.sources[0]?.arrivals).toMatchObject({ shape: [{ perSecond: 900 }] });
  });
});
