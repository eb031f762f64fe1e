import { describe, expect, it } from 'vitest';

import { find, idsOf, suggested, trial } from '../testing/trial.ts';

/** Four replicas, two thirds of their time in use, and an event at 30 s. */
function fleet(event: string, more: string = ''): string {
  return `
run: { for: 120s, warmUp: 5s }
services:
  web:
    replicas: 4
    concurrency: 20
    queue: { limit: 50 }
    balance: least-in-flight
    start: { readyAfter: 2s }
    steps: [{ cpu: { exponential: 10ms } }]
    ${more}
calls: { users -> web: { timeout: 500ms } }
traffic: { users: { to: web, rate: 260/s } }
scenarios: { change: [${event}] }
objectives: [web success > 99%]`;
}

describe('bad-deploy', () => {
  it('is found where a slower version takes the system down', () => {
    const verdict = trial(fleet('{ at: 30s, deploy: web, surge: 1, version: { slower: 2x } }'));
    const bad = find(verdict, 'bad-deploy');
    expect(verdict.outcome).toBe('fail');
    expect(verdict.findings[0]).toBe(bad);
    expect(bad).toMatchObject({ severity: 'critical', services: ['web'], toMs: 120_000 });
    expect(bad?.fromMs).toBeGreaterThan(30_000);
    expect(bad?.fromMs).toBeLessThan(45_000);
    expect(bad?.title).toMatch(
      /^bad deploy of web: goodput \d+(\.\d)?\/s from [34]\d s on \(2[56]\d\/s before\)$/,
    );
    expect(bad?.numbers[0]).toBe('the new version: 2x slower');
    expect(suggested(bad)).toEqual({ path: 'services.web.replicas', value: 8 });
  });

  it('blames the memory where that is what differs', () => {
    const event = '{ at: 30s, deploy: web, unavailable: 0, version: { memory: 1.05x } }';
    const memory = 'memory: { heap: 1100MB, live: 1000MB, garbage: 1MB, pause: 250ms }';
    const verdict = trial(fleet(event, memory).replace('260', '280'));
    const bad = find(verdict, 'bad-deploy');
    expect(bad?.severity).toBe('critical');
    const collections = bad?.numbers.find((number) => number.startsWith('it collects'));
    const [, after, before] = /garbage ([\d.]+) times a second \(([\d.]+) before\)/.exec(
      collections ?? '',
    )!;
    expect(Number(after) / Number(before)).toBeGreaterThan(1.4);
    expect(suggested(bad)).toEqual({ path: 'services.web.memory.heap', value: '1160MB' });
  });

  it('ends with the rollback', () => {
    const event = '{ at: 30s, deploy: web, version: { slower: 2x }, rollbackAt: 60s }';
    const bad = find(trial(fleet(event)), 'bad-deploy');
    expect(bad?.severity).toBe('high');
    expect(bad?.toMs).toBeLessThan(80_000);
  });

  it('is found side by side where a canary does worse and nobody is harmed', () => {
    const event = '{ at: 30s, for: 60s, canary: web, version: { slower: 1.5x } }';
    const verdict = trial(fleet(event).replace('260', '120'));
    expect(verdict.outcome).toBe('pass');
    const bad = find(verdict, 'bad-deploy');
    expect(bad?.severity).toBe('medium');
    expect(bad?.numbers[1]).toMatch(/^a request takes .* at a new replica \(.* at an old one\)$/);
  });

  it('is found side by side where a canary fails more', () => {
    const event = '{ at: 30s, for: 60s, canary: web, version: { fails: 2% } }';
    const bad = find(trial(fleet(event)), 'bad-deploy');
    expect(bad?.numbers.at(-1)).toMatch(/^it fails [12]\.?\d* % of them \(0 % at an old one\)$/);
  });

  it.each([
    ['a restart', '{ at: 30s, deploy: web }'],
    ['a canary of the same version', '{ at: 30s, for: 60s, canary: web }'],
  ])('is not found for %s', (_, event) => {
    const cold = 'grace: 10s';
    const text = fleet(event, cold).replace('readyAfter: 2s', 'readyAfter: 2s, slower: 2x');
    expect(idsOf(trial(text.replace('260', '160')))).toEqual([]);
  });

  it('is not found where something else is the reason', () => {
    const events =
      '{ at: 30s, deploy: web, surge: 1, unavailable: 0 }, { at: 32s, slow: web, by: 3x }';
    expect(idsOf(trial(fleet(events)))).not.toContain('bad-deploy');
  });
});
