import { describe, expect, it } from 'vitest';

import { find, idsOf, suggested, trial } from '../testing/trial.ts';

/** A callee that slows down for ten seconds, and callers that try three times. */
function slowCallee(retry: string, more: string = ''): string {
  return `
run: { for: 80s, warmUp: 5s }
services:
  web: { steps: [{ call: payments }] }
  payments: { concurrency: 5, steps: [{ wait: { exponential: 50ms } }] }
calls:
  web -> payments: { timeout: 500ms, ${retry} }
traffic: { shoppers: { to: web, rate: 60/s } }
scenarios: { brownout: [{ at: 30s, for: 10s, slow: payments, by: 10x }] }
${more}`;
}

describe('retry-storm', () => {
  it('is found where retries keep a slow callee slow', () => {
    const verdict = trial(slowCallee('retry: 3'));
    const storm = find(verdict, 'retry-storm');
    expect(verdict.outcome).toBe('fail');
    expect(storm).toMatchObject({ severity: 'high', seenIn: 1, seed: 1 });
    expect(storm).toMatchObject({ edges: ['web -> payments'], services: ['payments'] });
    expect(storm?.title).toMatch(
      /^retry storm on web -> payments: [23](\.\d+)? attempts per task$/,
    );
    expect(storm?.numbers[0]).toMatch(/^attempts per task [23](\.\d+)? \(1 before 30 s\)$/);
    expect(storm?.numbers[1]).toMatch(
      /^1\d\d\/s attempts for [56]\d(\.\d)?\/s tasks: 1\d\d\/s extra$/,
    );
    expect(storm?.sustainingEffect).toContain('each timeout of 500 ms adds up to 2 more attempts');
    expect(suggested(storm)).toEqual({
      path: 'calls."web -> payments".retry.budget',
      value: { share: '10%', floor: '1/s' },
    });
    expect(storm?.command).toBe('seaworthy simulate test.yaml --seed 1');
  });

  it('begins with the extra attempts and goes on as long as they do', () => {
    const storm = find(trial(slowCallee('retry: 3')), 'retry-storm');
    expect(storm?.fromMs).toBeGreaterThanOrEqual(30_000);
    expect(storm?.fromMs).toBeLessThanOrEqual(34_000);
    expect(storm?.toMs).toBe(80_000);
  });

  it('is not found with a budget', () => {
    const verdict = trial(slowCallee('retry: { attempts: 3, budget: { share: 10%, floor: 1/s } }'));
    expect(idsOf(verdict)).not.toContain('retry-storm');
  });

  it('is not found where retries just work', () => {
    // Half of the attempts fail for reasons of their own: 1.75 attempts per task, and nobody is
    // slow.
    const verdict = trial(`
run: { for: 60s }
services: { server: { steps: [{ wait: 5ms }, { fail: 50% }] } }
calls: { users -> server: { retry: { attempts: 3, backoff: { base: 5ms } } } }
traffic: { users: { to: server, rate: 100/s } }`);
    expect(verdict.edges[0]?.attemptsPerTask).toBeCloseTo(1.75, 1);
    expect(verdict.findings).toEqual([]);
  });

  it('blames the floor of many budgets, where each caller has one of its own', () => {
    const text = slowCallee('retry: { attempts: 3, budget: { share: 10%, floor: 2/s } }')
      .replaceAll('web -> payments', 'shoppers -> payments')
      .replace('web: { steps: [{ call: payments }] }', '')
      .replace('to: web, rate: 60/s', 'to: payments, rate: 60/s, clients: 100');
    const storm = find(trial(text), 'retry-storm');
    expect(suggested(storm)).toEqual({
      path: 'calls."shoppers -> payments".retry.budget.shared',
      value: true,
    });
  });
});
