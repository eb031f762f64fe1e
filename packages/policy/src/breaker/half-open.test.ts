import { describe, expect, it } from 'vitest';
import { attempts, leaseMs, openedBreaker } from '../testing/breakers.ts';

describe('a half-open breaker', () => {
  it('lets its probes through, and no other call, and closes when all succeed', () => {
    const breaker = openedBreaker();
    const probes = [1, 2, 3].map(() => breaker.acquire(5000, leaseMs));
    for (const probe of probes) expect(breaker.isProbe(probe)).toBe(true);
    expect(breaker.refuses(5000)).toBe(true);
    expect(breaker.acquire(5000, leaseMs)).toBe(-1);
    for (const probe of probes.slice(0, 2)) breaker.record(probe, 'success', 1, 5100);
    expect(breaker.state(5100)).toBe('half-open');
    // A success uses its permission up: four probes were not asked for.
    expect(breaker.refuses(5100)).toBe(true);
    breaker.record(probes[2] ?? -1, 'success', 1, 5200);
    expect(breaker.state(5200)).toBe('closed');
    expect(breaker.isProbe(breaker.acquire(5200, leaseMs))).toBe(false);
  });

  it('knows nothing, once closed, of what made it open', () => {
    const breaker = openedBreaker({ withinMs: 1_000_000, consecutiveFailures: 10 });
    attempts(breaker, 3, 'success', 5000);
    attempts(breaker, 9, 'failure', 5001);
    expect(breaker.state(5001)).toBe('closed');
    attempts(breaker, 1, 'failure', 5001);
    expect(breaker.state(5001)).toBe('open');
  });

  it('has all its probes again each time', () => {
    const breaker = openedBreaker({ openMaxMs: 5000 });
    const old = [1, 2, 3].map(() => breaker.acquire(5000, Infinity));
    breaker.record(old[0] ?? -1, 'failure', 1, 5000);
    // Late: it must not open the open breaker anew, nor count in the next round.
    breaker.record(old[1] ?? -1, 'failure', 1, 9000);
    expect(breaker.state(10_000)).toBe('half-open');
    breaker.record(old[2] ?? -1, 'success', 1, 10_000);
    attempts(breaker, 2, 'success', 10_000);
    expect(breaker.state(10_000)).toBe('half-open');
    attempts(breaker, 1, 'success', 10_000);
    expect(breaker.state(10_000)).toBe('closed');
  });

  it('opens at the first probe that fails, and ignores the others then', () => {
    const breaker = openedBreaker();
    const probes = [1, 2, 3].map(() => breaker.acquire(5000, leaseMs));
    breaker.record(probes[0] ?? -1, 'failure', 1, 5001);
    expect(breaker.state(5001)).toBe('open');
    breaker.record(probes[1] ?? -1, 'success', 1, 5002);
    breaker.record(probes[2] ?? -1, 'success', 1, 5002);
    expect(breaker.state(5002)).toBe('open');
  });

  it('takes a slow probe for a failed one where slowness opens it', () => {
    const breaker = openedBreaker({ slow: { share: 0.8, overMs: 100 } });
    attempts(breaker, 1, 'success', 5000, 100);
    expect(breaker.state(5000)).toBe('half-open');
    attempts(breaker, 1, 'success', 5000, 101);
    expect(breaker.state(5000)).toBe('open');
  });

  it('gives the permission of an ignored probe to another', () => {
    const breaker = openedBreaker({ probes: 1 });
    attempts(breaker, 100, 'ignored', 5000);
    expect(breaker.state(5000)).toBe('half-open');
    attempts(breaker, 1, 'success', 5000);
    expect(breaker.state(5000)).toBe('closed');
  });

  // failsafe-go and others stay half-open for ever when a probe never reports.
  it('recovers a probe that never reports, and ignores it if it does after all', () => {
    const breaker = openedBreaker({ probes: 1 });
    const lost = breaker.acquire(5000, leaseMs);
    expect(breaker.refuses(6000)).toBe(true);
    expect(breaker.refuses(6000.001)).toBe(false);
    const next = breaker.acquire(6001, leaseMs);
    expect(next).toBeGreaterThanOrEqual(0);
    breaker.record(lost, 'failure', 1001, 6001);
    expect(breaker.state(6001)).toBe('half-open');
    breaker.record(next, 'success', 1, 6002);
    expect(breaker.state(6002)).toBe('closed');
  });

  it('counts a probe that reports at the end of its lease, when no one else has asked', () => {
    const breaker = openedBreaker({ probes: 1 });
    const probe = breaker.acquire(5000, leaseMs);
    expect(breaker.refuses(6001)).toBe(false);
    breaker.record(probe, 'failure', 1001, 6001);
    expect(breaker.state(6001)).toBe('open');
  });

  // cockatiel 4.0.0: calls wait for the probe, for as long as it takes, deaf to their abort.
  it('answers at once while probes are out', () => {
    const breaker = openedBreaker({ probes: 1 });
    breaker.acquire(5000, Infinity);
    expect(breaker.acquire(1e9, Infinity)).toBe(-1);
  });

  it('counts no result twice', () => {
    const breaker = openedBreaker({ probes: 2 });
    const probe = breaker.acquire(5000, leaseMs);
    breaker.record(probe, 'success', 1, 5001);
    breaker.record(probe, 'success', 1, 5001);
    expect(breaker.state(5001)).toBe('half-open');
  });
});
