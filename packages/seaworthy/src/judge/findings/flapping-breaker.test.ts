import { describe, expect, it } from 'vitest';

import { find, idsOf, suggested, trial } from '../testing/trial.ts';

/** A stock that fails a share of its requests for a minute, behind a breaker. */
function shop(breaker: string, share: string): string {
  return `
run: { for: 120s, warmUp: 5s }
services:
  web: { steps: [{ call: stock }] }
  stock: { steps: [{ wait: { exponential: 20ms } }] }
calls:
  web -> stock: { breaker: { ${breaker} } }
traffic: { users: { to: web, rate: 100/s } }
scenarios: { fault: [{ at: 20s, for: 80s, fail: stock, share: ${share} }] }
objectives: [users success > 99%]`;
}

describe('flapping-breaker', () => {
  it('is found where few probes succeed by luck, with as many as rarely do', () => {
    const found = find(
      trial(shop('failures: 40%, open: 1s, openMax: 2s, probes: 1', '50%')),
      'flapping-breaker',
    );
    expect(found).toMatchObject({ severity: 'high', edges: ['web -> stock'] });
    expect(found?.title).toMatch(/^the breaker of web -> stock opened \d+ times in \d+(\.\d)? s/);
    expect(suggested(found)).toEqual({ path: 'calls."web -> stock".breaker.probes', value: 4 });
    expect(found?.changes[0]?.why).toMatch(
      /1 probes all succeed in (4|5)\d(\.\d+)? % of the cases/,
    );
    expect(found?.sustainingEffect).toBeUndefined();
  });

  it('is found where the traffic that comes back is what fails, with a limit that adapts', () => {
    const verdict = trial(`
run: { for: 120s, warmUp: 5s }
services:
  web: { steps: [{ call: stock }] }
  stock: { concurrency: 10, queue: { limit: 100 }, steps: [{ wait: { exponential: 100ms } }] }
calls:
  web -> stock: { timeout: 500ms, breaker: { failures: 30%, open: 3s } }
traffic: { users: { to: web, rate: 160/s } }
objectives: [users success > 99%]`);
    const found = find(verdict, 'flapping-breaker');
    expect(found?.sustainingEffect).toMatch(/lets all of the traffic through at once/);
    expect(suggested(found)).toEqual({ path: 'calls."web -> stock".limit', value: 'adaptive' });
    expect(found?.changes[1]?.edits[0]).toMatchObject({ value: true });
  });

  it.each([
    ['it stays open while the fault lasts', 'failures: 40%, open: 1s, openMax: 2s', '100%'],
    [
      'enough probes see that half still fails',
      'failures: 40%, open: 1s, openMax: 2s, probes: 10',
      '50%',
    ],
    ['too little fails for it', 'failures: 80%, open: 1s, openMax: 2s', '50%'],
  ])('is not found where %s', (_, breaker, share) => {
    expect(idsOf(trial(shop(breaker, share)))).not.toContain('flapping-breaker');
  });
});
