import { describe, expect, it } from 'vitest';

import { trial } from '../testing/trial.ts';

/** False alarms are defects: what is well is left alone. */

describe('a queue in balance has no findings', () => {
  it.each([
    ['M/M/1 at 0.9', 'concurrency: 1', '90/s'],
    ['M/M/1/10 at 0.8', 'concurrency: 1, queue: { limit: 9 }', '80/s'],
    ['M/M/4 at 0.9', 'concurrency: 4', '360/s'],
  ])('%s', (_name, slots, rate) => {
    const verdict = trial(`
run: { for: 60s, warmUp: 5s }
services: { desk: { ${slots}, steps: [{ wait: { exponential: 10ms } }] } }
traffic: { users: { to: desk, rate: ${rate} } }`);
    expect(verdict.findings).toEqual([]);
    expect(verdict.outcome).toBe('pass');
  });
});

/** Retries with a budget, a deadline that all attempts fit into, a bounded pool, room to spare. */
function shop(fault: string, objectives: string): string {
  return `
run: { for: 60s, warmUp: 5s }
services:
  web:
    replicas: 2
    concurrency: 40
    queue: { limit: 40 }
    steps: [{ wait: 5ms }, { call: stock }, { call: { to: offers, optional: true } }]
  stock:
    replicas: 3
    concurrency: 20
    queue: { limit: 40 }
    steps: [{ wait: { exponential: 30ms } }]
  offers:
    replicas: 2
    concurrency: 20
    queue: { limit: 20 }
    steps: [{ wait: { exponential: 20ms } }]
calls:
  web -> stock:
    deadline: 1s
    timeout: 400ms
    retry: { attempts: 2, backoff: { base: 20ms }, budget: { share: 10%, floor: 1/s } }
  web -> offers:
    timeout: 200ms
    limit: { concurrency: 10, queue: { limit: 10 } }
    fallback: [{ answer: 1ms }]
traffic: { shoppers: { to: web, rate: 80/s } }
scenarios: { fault: [${fault}] }
${objectives}`;
}

const faults = [
  '{ at: 20s, for: 10s, slow: stock, by: 3x }',
  '{ at: 20s, for: 10s, slow: offers, by: 50x }',
  '{ at: 20s, for: 10s, fail: offers, share: 100% }',
  '{ at: 20s, for: 10s, fail: stock, share: 5% }',
  '{ at: 20s, for: 10s, kill: offers, replicas: [1] }',
  '{ at: 20s, for: 10s, burst: shoppers, by: 2x }',
  '{ at: 20s, for: 1s, pause: stock, replicas: [1] }',
  '{ at: 20s, for: 10s, loss: web -> stock, share: 1% }',
];

describe('a shop that absorbs a fault has no findings', () => {
  it.each(faults)('%s', (fault) => {
    const verdict = trial(
      shop(fault, 'objectives: [web success > 90%, web p50 < 500ms, recovers within 10s]'),
    );
    expect(verdict.objectives.map(({ outcome }) => outcome)).toEqual(['pass', 'pass', 'pass']);
    expect(verdict.findings).toEqual([]);
  });

  it.each(faults.slice(0, 4))('nor without objectives: %s', (fault) => {
    expect(trial(shop(fault, '')).findings).toEqual([]);
  });
});
