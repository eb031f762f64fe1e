import { describe, expect, it } from 'vitest';

import { find, idsOf, suggested, trial } from '../testing/trial.ts';

/**
 * Brooker's collapse (mbrooker/simulator_example, simple_collapse_sim): 10 ms more for each request
 * in flight, hops of 100 ms, a timeout of 3 s, three attempts, and a spike of twice the load.
 */
function collapse(retry: string, spikeS: number = 10): string {
  return `
run: { warmUp: 5s }
services:
  server: { slowdown: { 0: 1x, 100: 2x }, steps: [{ wait: 1s }] }
calls:
  users -> server: { timeout: 3s, network: { latency: { exponential: 100ms } }, ${retry} }
traffic:
  users:
    to: server
    rate: [{ at: 0s, rate: 40/s }, { at: 20s, rate: 80/s }, { at: ${20 + spikeS}s, rate: 40/s }]
objectives: [users success > 95%, recovers within 30s]`;
}

describe('metastable-failure', () => {
  it('is found long after the end of a spike, at the load from before it', () => {
    const verdict = trial(collapse('retry: { attempts: 3, backoff: { base: 0ms } }'));
    const found = find(verdict, 'metastable-failure');
    expect(found).toMatchObject({ severity: 'critical', edges: ['users -> server'] });
    expect(found?.title).toMatch(
      /^metastable failure: goodput [\d.]+\/s \([\d.]+\/s before\), 120 s after/,
    );
    expect(found?.sustainingEffect).toContain('retries: users -> server still makes');
    expect(found?.numbers.join('\n')).toContain('service time of server');
    expect(suggested(found)?.path).toBe('calls."users -> server".retry.budget');
    expect(verdict.findings[0]).toBe(found);
    expect(verdict.sentence).toMatch(/^Collapsed at [23]\d s and had not recovered 120 s after/);
  });

  it('is not found with a budget: the system comes back', () => {
    const retry =
      'retry: { attempts: 3, backoff: { base: 0ms }, budget: { share: 10%, floor: 0/s } }';
    const verdict = trial(collapse(retry));
    expect(idsOf(verdict)).not.toContain('metastable-failure');
    expect(verdict.objectives[1]).toMatchObject({ outcome: 'pass' });
  });

  it('is not found where the load stays higher than it was', () => {
    const text = collapse('retry: { attempts: 3, backoff: { base: 0ms } }').replace(
      /rate: 40\/s }\]/,
      'rate: 60/s }]',
    );
    expect(idsOf(trial(text))).not.toContain('metastable-failure');
  });

  it('is not found where a long queue drains', () => {
    // Twenty seconds at nothing leave a backlog that ten per cent of spare capacity work off in
    // minutes.
    const verdict = trial(`
run: { for: 200s, warmUp: 2s }
services: { server: { concurrency: 5, steps: [{ wait: { constant: 90ms } }] } }
traffic: { users: { to: server, rate: 50/s } }
scenarios: { pause: [{ at: 20s, for: 20s, pause: server }] }
objectives: [users p90 < 1s]`);
    expect(verdict.outcome).toBe('fail');
    expect(idsOf(verdict)).toEqual(['exhaustion']);
  });
});
