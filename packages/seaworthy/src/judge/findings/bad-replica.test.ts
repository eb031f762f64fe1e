import { describe, expect, it } from 'vitest';

import { find, idsOf, trial } from '../testing/trial.ts';

/** Three replicas, of which the third is ill in the scenario. */
function system(fault: string, service: string = '', call: string = '', more: string = ''): string {
  return `
run: { for: 60s, warmUp: 5s }
services:
  web: { replicas: 2, steps: [{ call: quotes }] }
  quotes: { replicas: 3, concurrency: 40, ${service} steps: [{ wait: { exponential: 20ms } }] }
calls: { web -> quotes: { timeout: 1s, ${call} } }
traffic: { users: { to: web, rate: 150/s } }
scenarios: { ill: [{ at: 20s, for: 30s, ${fault} }] }
${more}`;
}

const slow = 'slow: quotes, replicas: [3], by: 15x';
const failing = 'fail: quotes, replicas: [3], share: 100%';
const fast = 'objectives: [web p99 < 200ms]';

describe('bad-replica', () => {
  it('is found where turns feed a slow one, with what it does and gets', () => {
    const found = find(trial(system(slow, '', '', fast)), 'bad-replica');
    expect(found).toMatchObject({
      severity: 'high',
      services: ['quotes'],
      edges: ['web -> quotes'],
      sustainingEffect: undefined,
    });
    expect(found?.title).toMatch(
      /^quotes replica 3 gets as many requests as the others, and takes 1\d(\.\d)? times as long$/,
    );
    expect(found?.numbers[0]).toMatch(
      /it got (49|5\d)(\.\d)?\/s, each of the others (49|5\d)(\.\d)?\/s$/,
    );
    expect(found?.fromMs).toBeGreaterThanOrEqual(15_000);
    expect(found?.toMs).toBeLessThanOrEqual(52_000);
    expect(found?.changes[0]?.edits).toEqual([
      { path: ['calls', 'web -> quotes', 'balance'], value: 'peak-ewma' },
    ]);
  });

  it('is found where the fewest in flight feed one that fails fast, and says why', () => {
    const found = find(trial(system(failing, 'balance: least-in-flight,')), 'bad-replica');
    expect(found?.title).toMatch(
      /^quotes replica 3 gets [1-9].* times as many .* fails (9\d|100) % of them$/,
    );
    expect(found?.sustainingEffect).toMatch(/^it fails before the others answer/);
    expect(found?.changes.map(({ edits }) => edits[0]?.path.at(-1))).toEqual([
      'balance',
      'outliers',
    ]);
  });

  it.each([
    [slow, 'balance: peak-ewma,', fast],
    [failing, 'balance: peak-ewma,', ''],
    [failing, 'outliers: true,', ''],
  ])('is not found with what it suggests: %s, %s', (fault, call, more) => {
    expect(idsOf(trial(system(fault, '', call, more)))).not.toContain('bad-replica');
  });

  it('is not found where all are as slow, or one only somewhat', () => {
    expect(idsOf(trial(system('slow: quotes, by: 15x', '', '', fast)))).not.toContain(
      'bad-replica',
    );
    const somewhat = 'slow: quotes, replicas: [3], by: 2x';
    expect(idsOf(trial(system(somewhat, '', '', fast)))).not.toContain('bad-replica');
  });

  it('is not found where one stands still for a moment, or is dead', () => {
    const pause = 'pause: quotes, replicas: [3]';
    const short = system(pause, '', '', fast).replace('for: 30s', 'for: 2s');
    expect(idsOf(trial(short))).not.toContain('bad-replica');
    const dead = system('kill: quotes, replicas: [3]', '', '', fast);
    expect(idsOf(trial(dead))).not.toContain('bad-replica');
  });

  it('is not found where what fails is further down, and one has its breaker open', () => {
    const breaker = 'breaker: { failures: 50%, of: 20, within: 10s, open: 20s },';
    const half = 'fail: quotes, share: 55%';
    expect(idsOf(trial(system(half, '', breaker)))).not.toContain('bad-replica');
  });

  it('is not found where the run meets its objectives through the fault', () => {
    const generous = 'objectives: [web success > 50%]';
    expect(trial(system(failing, '', '', generous)).findings).toEqual([]);
  });
});
