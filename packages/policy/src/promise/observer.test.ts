import { describe, expect, it } from 'vitest';

import { reasonNames } from '../call/reason.ts';
import { VirtualTime } from '../virtual/virtual-time.ts';
import type { PolicyObserver } from './observer.ts';
import { policy } from './policy.ts';
import type { PolicyOptions } from './policy.ts';

/** Writes down what it is told, one line each. */
function recorder(lines: string[]): PolicyObserver {
  return {
    callStarted: (call) => lines.push(`call started, ${call.attempt} attempts`),
    callSettled: (call, durationMs) =>
      lines.push(
        `call ${call.outcome} ${reasonNames[call.reason]} after ${durationMs} ms, ${call.attempt} attempts`,
      ),
    attemptStarted: (call, waitMs) => lines.push(`attempt ${call.attempt} after ${waitMs} ms`),
    attemptEnded: (call, reason, durationMs) =>
      lines.push(`attempt ${call.attempt} ${reasonNames[reason]} in ${durationMs} ms`),
    breakerChanged: (from, to) => lines.push(`breaker ${from} to ${to}`),
    fallbackStarted: (_, index) => lines.push(`fallback ${index}`),
  };
}

function observed(options: PolicyOptions<unknown>, time = new VirtualTime()) {
  const lines: string[] = [];
  return { lines, time, call: policy({ ...options, observer: recorder(lines) }, time) };
}

describe('an observer', () => {
  it('is told of the call and of each attempt, with durations', async () => {
    const jitter = 'none';
    const { lines, time, call } = observed({ retry: { attempts: 2, backoff: { jitter } } });
    let tries = 0;
    const work = () =>
      new Promise<number>((resolve, reject) => {
        const end = ++tries === 1 ? () => reject(new Error('no')) : () => resolve(1);
        time.clock.after(10, end);
      });
    const result = call(work);
    await time.advance(1000);
    expect(await result).toBe(1);
    expect(lines).toEqual([
      'call started, 0 attempts',
      'attempt 1 after 0 ms',
      'attempt 1 error in 10 ms',
      'attempt 2 after 0 ms',
      'attempt 2 none in 10 ms',
      'call succeeded none after 70 ms, 2 attempts',
    ]);
  });

  it('is told nothing of the call before in a record that is used again', async () => {
    const { lines, call } = observed({ retry: 3 });
    await call(() => 1);
    lines.length = 0;
    await call(() => 1);
    expect(lines[0]).toBe('call started, 0 attempts');
  });

  it('is told of a call that is refused, and of who answers it instead', async () => {
    const { lines, call } = observed({
      breaker: { consecutive: 1 },
      fallback: [() => 'instead'],
    });
    await call(() => Promise.reject(new Error('down')));
    lines.length = 0;
    expect(await call(() => 1)).toBe('instead');
    expect(lines).toEqual([
      'call started, 0 attempts',
      'fallback 0',
      'call fallback breaker-open after 0 ms, 0 attempts',
    ]);
  });

  it('settles once for every call that started, whoever gives up when', async () => {
    const time = new VirtualTime();
    let started = 0;
    let settled = 0;
    const observer = { callStarted: () => void started++, callSettled: () => void settled++ };
    const call = policy({ deadline: '1s', timeout: '20ms', limit: 2, retry: 2, observer }, time);
    for (let index = 0; index < 50; index++) {
      const caller = new AbortController();
      void call(() => new Promise(() => {}), { signal: caller.signal }).catch(() => {});
      if (index % 3 === 0) time.clock.after(index, () => caller.abort());
      await time.advance(1);
    }
    await time.advance(10_000);
    expect([started, settled]).toEqual([50, 50]);
  });

  it('that throws harms neither the call nor the observer beside it', async () => {
    const broken = {
      callStarted: () => {
        throw new Error('broken');
      },
      callSettled: () => {
        throw new Error('broken again');
      },
    };
    const lines: string[] = [];
    const call = policy({ observer: [broken, recorder(lines)] }, new VirtualTime());
    expect(call.snapshot().observerError).toBeUndefined();
    expect(await call(() => 1)).toBe(1);
    expect(lines).toHaveLength(4);
    expect(call.snapshot().observerError).toEqual(new Error('broken again'));
  });

  it('may be made for the policy, and may read its snapshot', async () => {
    const seen: unknown[] = [];
    const call = policy({
      name: 'quotes',
      limit: 3,
      observer: (of) => ({
        attemptStarted: () => seen.push([of.policyName, of.snapshot().inFlight]),
      }),
    });
    await Promise.all([call(async () => 1), call(async () => 2)]);
    expect(seen).toEqual([
      ['quotes', 1],
      ['quotes', 2],
    ]);
  });

  it('runs the function within what it likes', async () => {
    let depth = 0;
    const around: PolicyObserver = {
      runAttempt: (_, work) => {
        depth++;
        const result = work();
        depth--;
        return result;
      },
    };
    const call = policy({ observer: [around, around] });
    expect(await call(() => depth)).toBe(2);
    expect(depth).toBe(0);
  });

  it('is an option like all others: what cannot be one is an error', () => {
    expect(() => policy({ observer: 7 as never })).toThrow(/observer is 7/);
  });
});
