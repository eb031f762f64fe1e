import { describe, expect, it } from 'vitest';
import { stream } from '../random/streams.ts';
import { attempts, breakerSettings, createBreaker, leaseMs } from '../testing/breakers.ts';
import { CircuitBreaker } from './breaker.ts';

describe('a closed breaker', () => {
  it('opens at its share of failures, from the minimum of calls on', () => {
    const breaker = createBreaker();
    attempts(breaker, 9, 'failure', 0);
    expect(breaker.state(0)).toBe('closed');
    attempts(breaker, 1, 'success', 0);
    expect(breaker.state(0)).toBe('open');
  });

  it('stays closed below it', () => {
    const breaker = createBreaker();
    for (let second = 0; second < 100; second++) {
      attempts(breaker, 51, 'success', second * 1000);
      attempts(breaker, 49, 'failure', second * 1000);
    }
    expect(breaker.state(100_000)).toBe('closed');
  });

  it('takes decimal shares at their word', () => {
    const breaker = createBreaker({ failureShare: 0.07, minimumCalls: 100 });
    attempts(breaker, 93, 'success', 0);
    attempts(breaker, 6, 'failure', 0);
    expect(breaker.state(0)).toBe('closed');
    attempts(breaker, 1, 'failure', 0);
    expect(breaker.state(0)).toBe('open');
  });

  it('opens at a share of 0 with the first failure, not before', () => {
    const breaker = createBreaker({ failureShare: 0 });
    attempts(breaker, 1000, 'success', 0);
    expect(breaker.state(0)).toBe('closed');
    attempts(breaker, 1, 'failure', 0);
    expect(breaker.state(0)).toBe('open');
  });

  it('opens after failures in a row, whatever the minimum, and counts them over any time', () => {
    const { failureShare: _, ...noShare } = breakerSettings;
    const breaker = new CircuitBreaker({ ...noShare, consecutiveFailures: 5 }, stream(1, 'b', 'j'));
    attempts(breaker, 4, 'failure', 0);
    attempts(breaker, 1, 'success', 0);
    attempts(breaker, 4, 'failure', 0);
    attempts(breaker, 3, 'ignored', 0);
    expect(breaker.state(0)).toBe('closed');
    attempts(breaker, 1, 'failure', 1_000_000);
    expect(breaker.state(1_000_000)).toBe('open');
  });

  it('opens at its share of slow calls, failed or not', () => {
    const breaker = createBreaker({ failureShare: 1, slow: { share: 0.8, overMs: 100 } });
    attempts(breaker, 2, 'success', 0, 100);
    attempts(breaker, 7, 'success', 0, 101);
    expect(breaker.state(0)).toBe('closed');
    attempts(breaker, 1, 'failure', 0, 1000);
    expect(breaker.state(0)).toBe('open');
  });

  it('does not count what says nothing about the dependency', () => {
    const breaker = createBreaker();
    attempts(breaker, 5, 'failure', 0);
    attempts(breaker, 1000, 'ignored', 0, 1e6);
    attempts(breaker, 4, 'failure', 0);
    expect(breaker.state(0)).toBe('closed');
  });

  // cockatiel 4.0.0: 4 failures, 5 minutes of idleness and 1 failure open a breaker that wants 5 in
  // 5 s.
  it('forgets what is older than its window, after idleness too', () => {
    const breaker = createBreaker({ failureShare: 0.01, minimumCalls: 5, withinMs: 5000 });
    attempts(breaker, 4, 'failure', 0);
    attempts(breaker, 1, 'failure', 300_000);
    expect(breaker.state(300_000)).toBe('closed');
    attempts(breaker, 4, 'failure', 304_000);
    expect(breaker.state(304_000)).toBe('open');
  });

  // opossum 10.0.0 divides by the calls that began: 10 failures of 10 do not open it while 10 more
  // run.
  it('judges results, not the calls that still run', () => {
    const breaker = createBreaker();
    const running = Array.from({ length: 20 }, () => breaker.acquire(0, leaseMs));
    for (const permission of running.slice(0, 10)) breaker.record(permission, 'failure', 1, 1);
    expect(breaker.state(1)).toBe('open');
  });
});
