import { describe, expect, it } from 'vitest';

import { find, idsOf, suggested, trial } from '../testing/trial.ts';

/** A popular page that takes a second to render, kept for twenty: half a dozen a second at most. */
function pages(cache: string, more: { rate?: string; pages?: string; scenarios?: string } = {}) {
  return `
run: { for: 60s, warmUp: 5s }
services:
  web: { replicas: 2, steps: [{ call: pages }] }
  pages: { ${more.pages ?? 'concurrency: 6'}, steps: [{ wait: 1s }] }
calls:
  web -> pages: { timeout: 3s, cache: { ttl: 20s, shared: true, warm: true, ${cache} } }
traffic: { readers: { to: web, rate: ${more.rate ?? '200/s'}, keys: { count: 10, zipf: 1 } } }
${more.scenarios ?? ''}`;
}

const naive = 'jitter: 0%, early: 0, singleFlight: false';

describe('stampede', () => {
  it('is found where every overlapping miss recomputes, and tips the callee', () => {
    const verdict = trial(pages(naive));
    const stampede = find(verdict, 'stampede');
    expect(verdict.outcome).toBe('fail');
    expect(stampede).toMatchObject({ severity: 'critical', seenIn: 1 });
    expect(stampede).toMatchObject({ edges: ['web -> pages'], services: ['pages'] });
    expect(stampede?.title).toMatch(
      /^stampede on web -> pages: \d\d\d recomputations of one key at once$/,
    );
    expect(stampede?.numbers[0]).toMatch(/recomputations.*of keys that were being recomputed$/);
    expect(stampede?.sustainingEffect).toContain('after the timeout of 3 s and are not kept');
    expect(suggested(stampede)).toEqual({
      path: 'calls."web -> pages".cache.singleFlight',
      value: true,
    });
    expect(stampede!.fromMs).toBeLessThan(30_000);
    expect(stampede!.toMs).toBe(60_000);
  });

  it('is found after a flush, too', () => {
    // So slow a callee that no page ends before the flush.
    const flush = 'scenarios: { lost: [{ at: 20s, flush: web -> pages }] }';
    const text = pages(naive, { scenarios: flush }).replace('ttl: 20s', 'ttl: 10m');
    const stampede = find(trial(text), 'stampede');
    expect(stampede?.fromMs).toBeGreaterThanOrEqual(20_000);
    expect(stampede?.fromMs).toBeLessThanOrEqual(22_000);
  });

  it.each([
    ['with single flight', pages('jitter: 0%, early: 0')],
    ['where few ask at a time', pages(naive, { rate: '3/s' })],
    ['where the callee can take it', pages(naive, { pages: 'concurrency: unlimited' })],
  ])('is not found %s', (_what, text) => {
    const verdict = trial(text);
    expect(idsOf(verdict)).not.toContain('stampede');
  });
});
