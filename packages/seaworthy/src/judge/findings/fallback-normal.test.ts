import { describe, expect, it } from 'vitest';

import type { Verdict } from '../verdict.ts';
import { find, idsOf, suggested, trial } from '../testing/trial.ts';

/** A shop whose prices are slow for ten seconds; when they do not come it takes yesterday's. */
function shop(more: { retry?: string; fault?: string; fallback?: string }): string {
  const { retry = '3', fault = '{ at: 30s, for: 10s, slow: prices, by: 10x }' } = more;
  return `
run: { for: 100s, warmUp: 5s }
services:
  web: { steps: [{ call: prices }] }
  prices: { concurrency: 5, steps: [{ wait: { exponential: 50ms } }] }
  archive: { steps: [{ wait: 5ms }] }
calls:
  web -> prices:
    timeout: 300ms
    retry: ${retry}
    fallback: ${more.fallback ?? '[{ answer: 1ms }]'}
traffic: { shoppers: { to: web, rate: 60/s } }
scenarios: { fault: [${fault}] }
objectives: [web success > 99%, web -> prices fallback < 5% from 60s to 100s]`;
}

function prices(verdict: Verdict): Verdict['edges'][number] | undefined {
  return verdict.edges.find(({ edge }) => edge === 'web -> prices');
}

describe('fallback-normal', () => {
  it('is found where it goes on long after the fault, and nobody is harmed', () => {
    const verdict = trial(shop({}));
    const finding = find(verdict, 'fallback-normal');
    expect(finding).toMatchObject({ severity: 'high', edges: ['web -> prices'] });
    expect(finding?.title).toMatch(/normal path: (9\d|100) % of the answers for [67]\d s$/);
    expect(finding?.fromMs).toBeGreaterThanOrEqual(30_000);
    expect(finding?.numbers).toContain('it went on for 60 s after the last fault ended');
    expect(finding?.numbers).toContain('not one task was lost at the front door meanwhile');
    expect(finding?.numbers.join()).toMatch(/because of timeout (9\d(\.\d)?|100) %/);
    expect(finding?.sustainingEffect).toContain('retries: web -> prices still makes');
    expect(suggested(finding)?.path).toBe('calls."web -> prices".retry.budget');
    expect(verdict.objectives[0]?.outcome).toBe('pass');
  });

  it('says which link answered', () => {
    const finding = find(trial(shop({ fallback: '[{ call: archive }]' })), 'fallback-normal');
    expect(finding?.numbers).toContain('answered by archive 100 %');
  });

  it('is found without a fault: the callee never was up to it', () => {
    const text = shop({ fault: '', retry: '1' }).replace('rate: 60/s', 'rate: 130/s');
    const finding = find(trial(text), 'fallback-normal');
    expect(finding?.numbers).toContain('no fault explains it');
    expect(finding?.fromMs).toBeLessThan(10_000);
  });

  it('is not found where the fallback is there for the fault, and no longer', () => {
    const verdict = trial(shop({ retry: '{ attempts: 3, budget: { share: 10%, floor: 1/s } }' }));
    expect(prices(verdict)?.fallbackShare).toBeGreaterThan(0.05);
    expect(idsOf(verdict)).not.toContain('fallback-normal');
  });

  it('is not found while the fault goes on, however long', () => {
    const verdict = trial(shop({ fault: '{ at: 10s, for: 80s, fail: prices, share: 100% }' }));
    expect(prices(verdict)?.fallback?.normalMs).toBeGreaterThan(70_000);
    expect(idsOf(verdict)).not.toContain('fallback-normal');
  });

  it('is not found where the fallback answers for a third of the calls, always', () => {
    const text = shop({ fault: '', retry: '1' }).replace('exponential: 50ms', 'exponential: 10ms');
    const verdict = trial(
      text.replace('steps: [{ wait: { exp', 'steps: [{ fail: 33% }, { wait: { exp'),
    );
    expect(prices(verdict)?.fallbackShare).toBeCloseTo(0.33, 1);
    expect(idsOf(verdict)).not.toContain('fallback-normal');
  });
});
