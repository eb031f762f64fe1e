import { describe, expect, it } from 'vitest';

import { find, idsOf, suggested, trial } from '../testing/trial.ts';

interface Fleet {
  readonly clients?: number;
  readonly budget?: string;
  readonly fault?: string;
}

/** 200 tasks a second from many clients, of which an api fails some for ten seconds. */
function fleet({ clients = 200, budget = 'share: 10%, floor: 1/s', fault }: Fleet): string {
  return `
run: { for: 60s, warmUp: 5s }
services: { api: { concurrency: 20, steps: [{ wait: { exponential: 50ms } }] } }
calls:
  users -> api:
    timeout: 500ms
    retry: { attempts: 4, backoff: { base: 20ms }, budget: { ${budget} } }
traffic: { users: { to: api, rate: 200/s, clients: ${clients} } }
scenarios: { fault: [${fault ?? '{ at: 20s, for: 10s, slow: api, by: 5x }'}] }
objectives: [users success > 99%]`;
}

describe('small-budgets', () => {
  it('is found where each of many clients has a floor of its own', () => {
    const finding = find(trial(fleet({})), 'small-budgets');
    expect(finding).toMatchObject({ severity: 'high', edges: ['users -> api'] });
    expect(finding?.title).toMatch(/: 1\.\d+ attempts per task, where 10 % more was meant$/);
    expect(finding?.numbers[1]).toBe('200 callers with a floor of 1/s each: together 200/s');
    expect(suggested(finding)).toEqual({
      path: 'calls."users -> api".retry.budget.shared',
      value: true,
    });
    expect(finding?.changes[1]?.edits[0]?.value).toBe('0.005/s');
  });

  it('is found where each of many clients has a full bucket', () => {
    const finding = find(
      trial(fleet({ clients: 1000, budget: 'share: 10%, bucket: 5' })),
      'small-budgets',
    );
    expect(finding?.numbers[1]).toMatch(
      /^1,000 callers with a full bucket of 5 each: together 5,000/,
    );
  });

  it('is medium where the failures are not for load', () => {
    const fault = '{ at: 20s, for: 10s, fail: api, share: 50% }';
    expect(find(trial(fleet({ fault })), 'small-budgets')?.severity).toBe('medium');
  });

  it.each([
    ['one client', { clients: 1 }],
    ['a few clients', { clients: 5 }],
    ['a floor that is small enough', { budget: 'share: 10%, floor: 0.005/s' }],
    ['one budget for all', { budget: 'share: 10%, floor: 1/s, shared: true' }],
    ['a bucket, but few clients', { clients: 5, budget: 'share: 10%, bucket: 5' }],
    ['a large share that is meant', { clients: 5, budget: 'share: 100%, floor: 1/s' }],
    ['no failures', { fault: '' }],
    ['few failures', { fault: '{ at: 20s, for: 10s, fail: api, share: 10% }' }],
  ])('is not found with %s', (_, change) => {
    expect(idsOf(trial(fleet(change)))).not.toContain('small-budgets');
  });
});
