import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallPolicy } from '../options/call-policy.ts';
import { VirtualTime } from '../virtual/virtual-time.ts';
import { breaker, fallback, hedge, limit, retry, fullRetry } from './parts.ts';
import { policy } from './policy.ts';
import type { CorePolicy } from './policy.ts';
import { policyOf } from './policy-of.ts';

const small = policyOf(retry, breaker, limit);

/** What becomes of a call every 20 ms, whose attempts fail, hang or succeed in turn. */
async function outcomesOf(call: CorePolicy, time: VirtualTime, acts: number[]): Promise<string[]> {
  const outcomes: string[] = [];
  let next = 0;
  const work = (): Promise<string> => {
    const act = acts[next++ % acts.length]!;
    if (act === 0) return Promise.reject(new Error('down'));
    if (act === 1) return new Promise(() => {});
    return Promise.resolve('well');
  };
  for (let count = 0; count < 20; count++) {
    call(work).then(
      (value) => outcomes.push(`${time.clock.now()} ${value}`),
      (error: Error) => outcomes.push(`${time.clock.now()} ${error.message}`),
    );
    await time.advance(20);
  }
  await time.advance(60_000);
  return [...outcomes, JSON.stringify(call.snapshot())];
}

describe('a policy of some parts', () => {
  it('does what the one with all parts does', async () => {
    const options = {
      deadline: '2s',
      timeout: '100ms',
      retry: { attempts: 3, budget: { share: '50%', floor: '1/s' } },
      breaker: { failures: '50%', of: 10, open: '200ms' },
      limit: { concurrency: 3, queue: { limit: 5, order: 'lifo' } },
    } as const satisfies CallPolicy;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(5), { minLength: 1 }), fc.nat(), async (acts, seed) => {
        const [one, other] = [new VirtualTime(seed), new VirtualTime(seed)];
        const outcomes = await outcomesOf(small(options, one), one, acts);
        expect(outcomes).toEqual(await outcomesOf(policy(options, other), other, acts));
        expect(outcomes).toHaveLength(21);
      }),
      { numRuns: 5, endOnFailure: true },
    );
  });

  it('refuses options that none of them knows, and adds no method of others', () => {
    type Options = Parameters<typeof small>[0];
    const isKnown: 'hedge' extends keyof Options ? true : false = false;
    const given = { hedge: 'p95' } as Options;
    expect(() => small(given)).toThrow('hedge is "p95": not an option; there are name');
    const call = small({ timeout: '1s' });
    const isThere: 'exportState' extends keyof typeof call ? true : false = false;
    expect('exportState' in call || isThere || isKnown).toBe(false);
  });

  it('says which part an option needs', () => {
    const options = { limit: 'adaptive' } as unknown as { limit: number };
    expect(() => small(options)).toThrow('adaptive limits are of the part fullLimit');
    expect(() => small({ retry: { backoff: { jitter: 'smooth' } } })).toThrow(
      'none, full, equal, decorrelated, or a share',
    );
  });

  it('is the same whatever the order of its parts', async () => {
    for (const make of [policyOf(hedge, fullRetry), policyOf(fullRetry, hedge)]) {
      const time = new VirtualTime();
      const call = make({ retry: { attempts: 3, budget: {} }, hedge: '10ms' }, time);
      let attempts = 0;
      const slow = (): Promise<number> => {
        const attempt = ++attempts;
        return new Promise((resolve) => {
          if (attempt === 2) resolve(attempt);
        });
      };
      const answer = call(slow);
      await time.advance(10);
      expect(await answer).toBe(2);
      // The hedge was charged to the budget of the retries: nothing is left of the first ten.
      expect(call.snapshot().budgetLeft).toBe(9);
    }
  });

  it('infers what a fallback answers', async () => {
    const call = policyOf(fallback)({ fallback: [() => 'kept' as const] });
    const answer: number | 'kept' = await call((): number => {
      throw new Error('down');
    });
    expect(answer).toBe('kept');
  });
});
