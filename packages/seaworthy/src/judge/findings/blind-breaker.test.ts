import { describe, expect, it } from 'vitest';

import { find, idsOf, suggested, trial } from '../testing/trial.ts';

interface Shop {
  readonly policy?: string;
  readonly clients?: number;
  readonly rate?: string;
  readonly fault?: string;
}

/** Callers of a stock that fails or hangs for a while. */
function shop({ policy = 'breaker: {}', clients = 1, rate = '100/s', fault }: Shop): string {
  return `
run: { for: 90s, warmUp: 5s }
services: { stock: { steps: [{ wait: { exponential: 20ms } }] } }
calls: { users -> stock: { ${policy} } }
traffic: { users: { to: stock, rate: ${rate}, clients: ${clients} } }
scenarios: { fault: [${fault ?? '{ at: 20s, for: 40s, fail: stock, share: 100% }'}] }
objectives: [users success > 99%]`;
}

describe('blind-breaker', () => {
  it('is found where each caller has too few attempts to judge', () => {
    const found = find(trial(shop({ clients: 100 })), 'blind-breaker');
    expect(found).toMatchObject({ severity: 'medium', edges: ['users -> stock'] });
    expect(found?.title).toMatch(
      /stayed closed for (39|4\d)(\.\d)? s in which (9\d|100) % of the attempts/,
    );
    expect(found?.numbers[1]).toMatch(
      /^each of 100 callers ends (9|1\d)(\.\d+)? attempts in 10 s; no share is judged from /,
    );
    expect(suggested(found)).toMatchObject({ path: 'calls."users -> stock".breaker.of' });
    expect(found?.changes[1]?.edits[0]?.value).toMatch(/^(39|4\d)s$/);
  });

  it('is found where the deadline cuts attempts off before their timeout', () => {
    const policy = 'timeout: 2s, deadline: 1s, breaker: {}';
    const fault = '{ at: 20s, for: 40s, blackhole: stock, share: 100% }';
    const found = find(trial(shop({ policy, fault })), 'blind-breaker');
    expect(found?.numbers[1]).toMatch(/^100 % of them cut off by the deadline of 1 s/);
    expect(suggested(found)).toEqual({ path: 'calls."users -> stock".timeout', value: '900ms' });
  });

  it('is found where successes in between hide a share from failures in a row', () => {
    const policy = 'breaker: { consecutive: 20 }';
    const fault = '{ at: 20s, for: 40s, fail: stock, share: 70% }';
    const found = find(trial(shop({ policy, fault })), 'blind-breaker');
    expect(found?.numbers[1]).toMatch(/^it opens for 20 failures in a row only/);
    expect(suggested(found)).toEqual({
      path: 'calls."users -> stock".breaker.failures',
      value: '50%',
    });
  });

  it.each<[string, Shop]>([
    ['it opens', {}],
    ['each caller has enough attempts', { clients: 10 }],
    ['less fails than it opens for', { fault: '{ at: 20s, for: 40s, fail: stock, share: 45% }' }],
    [
      'the timeout comes before the deadline',
      { policy: 'timeout: 500ms, deadline: 2s, breaker: {}' },
    ],
    ['it was short', { clients: 100, fault: '{ at: 20s, for: 5s, fail: stock, share: 100% }' }],
    ['there is none', { clients: 100, policy: '' }],
  ])('is not found where %s', (_, change) => {
    expect(idsOf(trial(shop(change)))).not.toContain('blind-breaker');
  });
});
