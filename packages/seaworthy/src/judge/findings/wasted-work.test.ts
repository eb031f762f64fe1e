import { describe, expect, it } from 'vitest';

import { find, idsOf, suggested, trial } from '../testing/trial.ts';

function impatient(service: string, more: string = ''): string {
  return `
run: { for: 90s, warmUp: 5s }
services: { server: { concurrency: 10, ${service} steps: [{ wait: { exponential: 50ms } }] } }
calls: { users -> server: { timeout: 400ms } }
traffic: { users: { to: server, rate: 100/s } }
scenarios: { slow: [{ at: 30s, for: 20s, slow: server, by: 5x }] }
${more}`;
}

describe('wasted-work', () => {
  it('is found with its share, and the timeout that causes it', () => {
    const found = find(trial(impatient('')), 'wasted-work');
    expect(found).toMatchObject({ edges: ['users -> server'], services: ['server'] });
    expect(found?.severity).toBe('high');
    expect(found?.title).toMatch(
      /^wasted work at server: \d\d(\.\d)? % of its time went to callers/,
    );
    expect(found?.numbers).toContain('users -> server gives up after its timeout of 400 ms');
    // 10 slots serve 200 requests a second; in the 350 ms that are left to wait, 70.
    expect(suggested(found)?.path).toBe('services.server.queue.limit');
    expect(Number(suggested(found)?.value)).toBeGreaterThanOrEqual(60);
    expect(Number(suggested(found)?.value)).toBeLessThanOrEqual(75);
  });

  it('ends with the fault, and fewer calls fail, with the change that it suggests', () => {
    const before = trial(impatient(''));
    const limit = Number(suggested(find(before, 'wasted-work'))?.value);
    const after = trial(impatient(`queue: { limit: ${limit} },`));
    expect(find(before, 'wasted-work')?.toMs).toBeGreaterThan(60_000);
    expect(find(after, 'wasted-work')?.toMs).toBeLessThanOrEqual(52_000);
    expect(after.traffic[0]?.failedShare).toBeLessThan(0.7 * (before.traffic[0]?.failedShare ?? 0));
  });

  it('is not found where work ends with its caller', () => {
    expect(idsOf(trial(impatient('abandoned: cancelled,')))).not.toContain('wasted-work');
  });

  it('is not found where the run meets its objectives through the fault', () => {
    const objectives = 'objectives: [server success > 30%, recovers within 60s]';
    expect(trial(impatient('', objectives)).findings).toEqual([]);
  });

  it('names the call that a service waits for longer than anyone waits for the service', () => {
    // The Bookinfo sample of Istio: 10 s below, 3 s above.
    const verdict = trial(`
run: { for: 120s, warmUp: 5s }
services:
  page: { steps: [{ call: reviews }] }
  reviews: { steps: [{ wait: 5ms }, { call: { to: ratings, optional: true } }] }
  ratings: { steps: [{ wait: 5ms }] }
calls:
  page -> reviews: { timeout: 3s }
  reviews -> ratings: { timeout: 10s }
traffic: { readers: { to: page, rate: 20/s } }
scenarios: { delay: [{ at: 30s, for: 40s, slow: ratings, adds: 7s }] }`);
    const found = find(verdict, 'wasted-work');
    expect(found?.services).toEqual(['reviews', 'ratings']);
    expect(suggested(found)).toEqual({
      path: 'calls."reviews -> ratings".timeout',
      value: '2.4s',
    });
    expect(verdict.findings.filter((finding) => finding.id === 'wasted-work')).toHaveLength(1);
  });
});
