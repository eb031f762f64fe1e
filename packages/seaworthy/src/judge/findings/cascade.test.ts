import { describe, expect, it } from 'vitest';

import { find, idsOf, suggested, trial } from '../testing/trial.ts';

function threeTiers(
  policies: string,
  slots: string = 'concurrency: 32, queue: { limit: 64 }',
): string {
  return `
run: { for: 90s, warmUp: 5s }
services:
  web: { ${slots}, steps: [{ wait: 5ms }, { call: { to: orders, probability: 40% } }] }
  orders: { concurrency: 16, steps: [{ wait: 10ms }, { call: stock }] }
  stock: { steps: [{ wait: { exponential: 50ms } }] }
calls: { ${policies} }
traffic: { users: { to: web, rate: 250/s } }
scenarios: { slow-stock: [{ at: 30s, for: 20s, slow: stock, by: 8x }] }
objectives: [web success > 99%]`;
}

describe('cascade', () => {
  it('is found with its steps in order, from the root to the front door', () => {
    const verdict = trial(threeTiers('users -> web: { timeout: 5s }'));
    const found = find(verdict, 'cascade');
    expect(found).toMatchObject({ severity: 'high', services: ['stock', 'orders', 'web'] });
    expect(found?.title).toMatch(/^cascade from stock to the front door in \d+ s: \d steps$/);
    const texts = found?.steps.map((step) => step.text) ?? [];
    expect(texts[0]).toMatch(/^stock takes [678](\.\d+)? times as long: [34]\d\d ms$/);
    expect(texts).toContain('orders has all its slots in use (16 of 16)');
    expect(texts).toContain('web has all its slots in use (32 of 32)');
    expect(texts).toContain('web refuses requests: its queue is full (64 waiting)');
    expect(texts.some((text) => text.startsWith('front door, users -> web: success'))).toBe(true);
    const times = found?.steps.map((step) => step.atMs) ?? [];
    expect(times).toEqual(times.toSorted((left, right) => left - right));
    expect(times[0]).toBe(30_000);
    expect(verdict.findings[0]).toBe(found);
  });

  it('suggests the slots that carry the slow calls', () => {
    const found = find(trial(threeTiers('users -> web: { timeout: 5s }')), 'cascade');
    // 100/s of orders for 410 ms are 41 slots.
    expect(suggested(found)?.path).toBe('services.orders.concurrency');
    expect(Number(suggested(found)?.value)).toBeGreaterThanOrEqual(41);
  });

  it('suggests to bound the call that only some of the requests need, where it is too slow', () => {
    const text = threeTiers('users -> web: { timeout: 5s }').replace('by: 8x', 'by: 40x');
    expect(suggested(find(trial(text), 'cascade'))?.path).toMatch(
      /^calls\."web -> orders"\.(limit|timeout)$/,
    );
  });

  it('is not found where the limit of one call keeps the rest going', () => {
    const policies =
      'web -> orders: { limit: { concurrency: 12, queue: { limit: 0 } }, fallback: [{ answer: 1ms }] }';
    expect(trial(threeTiers(policies)).findings).toEqual([]);
  });

  it('is not found where a failure is passed on and nothing fills up', () => {
    const failing = threeTiers('users -> web: { timeout: 5s }').replace(
      'slow: stock, by: 8x',
      'fail: stock, share: 80%',
    );
    const verdict = trial(failing);
    expect(verdict.outcome).toBe('fail');
    expect(idsOf(verdict)).toEqual([]);
  });
});
