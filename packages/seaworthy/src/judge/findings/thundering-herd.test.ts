import { describe, expect, it } from 'vitest';

import { find, idsOf, suggested, trial } from '../testing/trial.ts';

/** A hundred servers, each with a cache of its own that is cold at the start. */
function servers(cache: string, cpu: string = '10ms'): string {
  return `
run: { for: 100s, warmUp: 5s }
services:
  web: { replicas: 100, steps: [{ call: settings }] }
  settings: { cores: 2, steps: [{ cpu: ${cpu} }] }
calls: { web -> settings: { cache: { ttl: 20s, ${cache} } } }
traffic: { shoppers: { to: web, rate: 1000/s, keys: { count: 5, zipf: 0 } } }
objectives: [web p99 < 100ms]`;
}

/** Connections that break all at once, and a service that takes its time to make them again. */
function phones(backoff: string): string {
  return `
run: { for: 80s, warmUp: 20s }
services:
  gateway: { replicas: 2, steps: [{ call: login }, { wait: { exponential: 10s } }] }
  login: { concurrency: 20, queue: { limit: 20 }, steps: [{ wait: 100ms }] }
calls:
  phones -> gateway: { retry: { attempts: 5, backoff: { base: 1s, cap: 10s, ${backoff} } } }
traffic: { phones: { to: gateway, users: 1000, think: { exponential: 5s } } }
scenarios: { dies: [{ at: 40s, for: 3s, kill: gateway, replicas: [1] }] }
objectives: [phones success > 99%]`;
}

describe('thundering-herd', () => {
  it('is found where keys that were filled together expire together', () => {
    const verdict = trial(servers('jitter: 0%, early: 0'));
    const herd = find(verdict, 'thundering-herd');
    expect(herd).toMatchObject({ severity: 'high', edges: ['web -> settings'] });
    expect(herd?.title).toMatch(
      /^thundering herd on web -> settings: [45]\d\d answers expire at once, every 20 s$/,
    );
    expect(herd?.numbers[0]).toMatch(/^[345] waves of recomputations: at 2\d(\.\d)? s, 4\d/);
    expect(herd?.sustainingEffect).toContain('a lifetime of 20 s without jitter');
    expect(suggested(herd)).toEqual({
      path: 'calls."web -> settings".cache.jitter',
      value: '20%',
    });
  });

  it('is found where calls that failed together are tried again together', () => {
    const verdict = trial(phones('jitter: none'));
    const herd = find(verdict, 'thundering-herd');
    expect(herd).toMatchObject({ severity: 'high', edges: ['phones -> gateway'] });
    expect(herd?.title).toMatch(
      /^thundering herd on phones -> gateway: \d+ retries within 100 ms$/,
    );
    expect(herd?.sustainingEffect).toContain('without jitter');
    expect(suggested(herd)).toEqual({
      path: 'calls."phones -> gateway".retry.backoff.jitter',
      value: 'full',
    });
  });

  it.each([
    ['with jitter in the lifetimes', servers('jitter: 20%')],
    ['where the callee does not feel it', servers('jitter: 0%, early: 0', '0.1ms')],
    ['where an old answer is given meanwhile', servers('jitter: 0%, staleWhileRevalidate: 10s')],
    ['with jitter in the backoff', phones('jitter: full')],
  ])('is not found %s', (_what, text) => {
    expect(idsOf(trial(text))).not.toContain('thundering-herd');
  });
});
