import { describe, expect, it } from 'vitest';

import { find, suggested, trial } from '../testing/trial.ts';

/** 500 a second behind a cache that answers nine of ten; the database can do 100. */
function shop(call: string): string {
  return `
run: { for: 160s, warmUp: 5s }
services:
  database: { concurrency: 10, steps: [{ wait: 100ms }] }
calls:
  app -> database:
    timeout: 1s
    cache:
      { ttl: 1h, early: 0, capacity: 9000, keys: { count: 10000, zipf: 0 }, warm: true }
    ${call}
traffic: { app: { to: database, rate: 500/s } }
scenarios: { lost: [{ at: 20s, flush: app -> database }] }
`;
}

describe('a cache that was lost', () => {
  it('keeps a system down where nothing that would fill it comes in time', () => {
    const failure = find(trial(shop('')), 'metastable-failure');
    expect(failure?.severity).toBe('critical');
    expect(failure?.sustainingEffect).toMatch(
      /^an empty cache: on app -> database it answers \d+(\.\d+)? % of the calls/,
    );
    expect(suggested(failure)).toEqual({
      path: 'calls."app -> database".limit',
      value: { concurrency: 10, queue: { limit: 10 } },
    });
  });

  it('fills up again where no more is asked for than is answered in time', () => {
    const verdict = trial(shop('limit: { concurrency: 10, queue: { limit: 10 } }'));
    expect(find(verdict, 'metastable-failure')).toBeUndefined();
  });
});
