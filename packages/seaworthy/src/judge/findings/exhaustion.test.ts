import { describe, expect, it } from 'vitest';

import { find, idsOf, suggested, trial } from '../testing/trial.ts';

function pool(limit: string, slowBy: string = '4x'): string {
  return `
run: { for: 90s, warmUp: 5s }
services:
  web: { steps: [{ call: store }] }
  store: { steps: [{ wait: { exponential: 40ms } }] }
calls:
  web -> store: { limit: ${limit} }
traffic: { users: { to: web, rate: 100/s } }
scenarios: { slow: [{ at: 30s, for: 20s, slow: store, by: ${slowBy} }] }
objectives: [users p99 < 500ms]`;
}

describe('exhaustion of a pool', () => {
  it('is found with what filled it and how many slots it takes', () => {
    const found = find(
      trial(pool('{ concurrency: 10, queue: { limit: unlimited } }')),
      'exhaustion',
    );
    expect(found).toMatchObject({ severity: 'high', edges: ['web -> store'] });
    expect(found?.title).toMatch(
      /^the limit of web -> store was exhausted for \d+ s: 10 of 10 in use$/,
    );
    expect(found?.fromMs).toBeGreaterThanOrEqual(30_000);
    expect(found?.fromMs).toBeLessThanOrEqual(33_000);
    expect(found?.numbers.join('\n')).toMatch(
      /each held its slot [34]\.\d+ times as long: 1\d\d ms/,
    );
    // 100/s for 160 ms are 16 slots; a quarter to spare makes 20.
    expect(suggested(found)?.path).toBe('calls."web -> store".limit.concurrency');
    expect(Number(suggested(found)?.value)).toBeGreaterThanOrEqual(17);
    expect(Number(suggested(found)?.value)).toBeLessThanOrEqual(22);
  });

  it('suggests a timeout where the callee is so slow that no pool is large enough', () => {
    const text = pool('{ concurrency: 20, queue: { limit: 20 } }', '30x');
    const found = find(trial(text), 'exhaustion');
    expect(found?.numbers[1]).toMatch(/% of the calls refused, 20 waiting at most/);
    // 20 slots carry 100/s if none is held for more than 200 ms.
    expect(suggested(found)?.path).toBe('calls."web -> store".timeout');
    expect(suggested(found)?.value).toMatch(/^(19|20)0ms$/);
  });

  it('is not found where the pool is large enough', () => {
    expect(trial(pool('40')).findings).toEqual([]);
  });

  it('is not found where nobody is harmed', () => {
    const text = pool('{ concurrency: 10, queue: { limit: unlimited } }', '2.6x');
    expect(idsOf(trial(text.replace('p99 < 500ms', 'p99 < 60s')))).toEqual([]);
  });
});

describe('exhaustion of the slots of a service', () => {
  function heldUp(by: string): string {
    return `
run: { for: 90s, warmUp: 5s }
services:
  web: { concurrency: 20, queue: { limit: 20 }, steps: [{ wait: 5ms }, { call: store }] }
  store: { steps: [{ wait: { exponential: 40ms } }] }
traffic: { users: { to: web, rate: 100/s } }
scenarios: { slow: [{ at: 30s, for: 20s, slow: store, by: ${by} }] }
objectives: [users success > 99%]`;
  }

  it('is found with the call that holds them, and the slots that it takes to wait', () => {
    const found = find(trial(heldUp('8x')), 'exhaustion');
    expect(found?.title).toMatch(/^web was out of slots: 20 of 20 in use for (1\d|2\d) s$/);
    expect(found?.edges).toEqual(['users -> web', 'web -> store']);
    expect(found?.numbers.join('\n')).toMatch(/9\d(\.\d+)? % of the slots wait for web -> store/);
    // 100/s for 325 ms are 32 slots; a quarter to spare makes 41.
    expect(suggested(found)?.path).toBe('services.web.concurrency');
    expect(Number(suggested(found)?.value)).toBeGreaterThanOrEqual(35);
    expect(Number(suggested(found)?.value)).toBeLessThanOrEqual(48);
  });

  it('suggests a breaker where the call is too slow to wait for', () => {
    const found = find(trial(heldUp('50x')), 'exhaustion');
    expect(suggested(found)).toEqual({
      path: 'calls."web -> store".breaker',
      value: { slow: { share: '50%', over: '130ms' }, open: '5s' },
    });
  });

  it('is found where more comes than fits, with a queue that is no longer than its callers wait', () => {
    const verdict = trial(`
run: { for: 90s, warmUp: 5s }
services: { server: { concurrency: 10, steps: [{ wait: { exponential: 100ms } }] } }
calls: { users -> server: { timeout: 1s } }
traffic: { users: { to: server, rate: 80/s } }
scenarios: { spike: [{ at: 30s, for: 20s, burst: users, by: 2x }] }
objectives: [users success > 99%]`);
    const found = find(verdict, 'exhaustion');
    expect(found?.numbers.join('\n')).toMatch(/(1\.9|2)\d* times as many came: 1\d\d\/s/);
    // 100 requests a second are served: in the 900 ms that are left to wait, 90.
    expect(suggested(found)?.path).toBe('services.server.queue.limit');
    expect(Number(suggested(found)?.value)).toBeGreaterThanOrEqual(85);
    expect(Number(suggested(found)?.value)).toBeLessThanOrEqual(95);
  });
});

describe('overload', () => {
  it('is found without a trigger, where more comes than is served', () => {
    const verdict = trial(`
run: { for: 100s, warmUp: 5s }
services: { desk: { concurrency: 1, steps: [{ wait: { exponential: 10ms } }] } }
traffic: { users: { to: desk, rate: 130/s } }
objectives: [desk p90 < 1s]`);
    const found = find(verdict, 'exhaustion');
    expect(found?.title).toMatch(/^desk was out of slots: 1 of 1 in use for 9\d s$/);
    expect(suggested(found)).toEqual({ path: 'services.desk.concurrency', value: 2 });
  });
});
