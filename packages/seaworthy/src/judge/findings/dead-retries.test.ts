import { describe, expect, it } from 'vitest';

import { find, idsOf, suggested, trial } from '../testing/trial.ts';

function retries(policy: string): string {
  return `
run: { for: 60s, warmUp: 5s }
services: { server: { steps: [{ wait: { exponential: 100ms } }] } }
calls: { users -> server: { ${policy} } }
traffic: { users: { to: server, rate: 100/s } }
scenarios: { hang: [{ at: 20s, for: 20s, blackhole: server, share: 50% }] }`;
}

describe('dead-retries', () => {
  it('is found where the deadline ends what the retries begin', () => {
    const found = find(trial(retries('deadline: 2s, timeout: 1.5s, retry: 3')), 'dead-retries');
    expect(found).toMatchObject({ severity: 'medium', edges: ['users -> server'] });
    expect(found?.title).toBe(
      'dead retries on users -> server: 3 attempts are configured, and 2 can finish within 2 s',
    );
    expect(found?.numbers[0]).toMatch(
      /^the last attempt starts after up to 3\.15 s, and typically/,
    );
    // (2 s - 150 ms of backoff) / 3, and more than three times the usual 100 ms.
    expect(suggested(found)).toEqual({
      path: 'calls."users -> server".timeout',
      value: '610ms',
    });
  });

  it('suggests fewer attempts where a shorter timeout would cut off healthy answers', () => {
    const found = find(trial(retries('deadline: 1s, timeout: 800ms, retry: 4')), 'dead-retries');
    expect(suggested(found)).toEqual({
      path: 'calls."users -> server".retry.attempts',
      value: 2,
    });
  });

  it('is found where a caller further up does not wait for them', () => {
    const verdict = trial(`
run: { for: 60s, warmUp: 5s }
services:
  web: { steps: [{ call: store }] }
  store: { steps: [{ wait: { exponential: 50ms } }] }
calls:
  users -> web: { timeout: 1s }
  web -> store: { timeout: 800ms, retry: 3 }
traffic: { users: { to: web, rate: 50/s } }
scenarios: { hang: [{ at: 20s, for: 20s, blackhole: store, share: 70% }] }`);
    const found = find(verdict, 'dead-retries');
    expect(found?.title).toBe(
      'dead retries on web -> store: 3 attempts are configured, and 2 can finish within 1 s',
    );
    expect(found?.numbers[0]).toContain('the timeout of users -> web is 1 s');
    expect(suggested(found)).toEqual({ path: 'calls."web -> store".timeout', value: '280ms' });
  });

  it('is not found where all attempts fit', () => {
    expect(idsOf(trial(retries('deadline: 2s, timeout: 500ms, retry: 3')))).not.toContain(
      'dead-retries',
    );
  });

  it('is not found where no attempt is late: the settings alone are no evidence', () => {
    const text = retries('deadline: 2s, timeout: 1.5s, retry: 3').replace(/scenarios.*/, '');
    expect(idsOf(trial(text))).toEqual([]);
  });
});
