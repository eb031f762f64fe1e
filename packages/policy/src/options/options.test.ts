import { describe, expect, it } from 'vitest';

import { policy } from '../promise/policy.ts';
import type { PolicyOptions } from '../promise/policy.ts';
import { OptionError } from './reader.ts';

/** What is said of options that the compiler would not let through. */
function messageFor(options: unknown): string {
  try {
    policy(options as PolicyOptions);
  } catch (error) {
    expect(error).toBeInstanceOf(OptionError);
    return (error as Error).message;
  }
  return 'nothing is wrong';
}

const circular: Record<string, unknown> = {};
circular['self'] = circular;

describe('options', () => {
  it('that cannot be used are named, with what was given and what would be right', () => {
    const wrong: readonly unknown[] = [
      { timeout: 800 },
      { timeout: '800' },
      { timeout: '0ms' },
      { timeout: '-1s' },
      { deadlin: '2s' },
      { deadline: '1s', fallbackReserve: '1s' },
      { retry: 0 },
      { retry: { attempts: 'unlimited' } },
      { retry: { attempts: 3, backoff: { jitter: 'some' } } },
      { retry: { attempts: 3, budget: { share: 10 } } },
      { retry: { attempts: 3, budget: { share: '110%' } } },
      { retry: { on: ['errors'] } },
      { retry: { attempts: 2, budget: {} }, hedge: { delay: 'p95', budget: {} } },
      { hedge: 'p100' },
      { breaker: { slow: { share: '80%' } } },
      { breaker: { open: '90s' } },
      { breaker: { openMax: '1s' } },
      { outliers: { ejectMax: '1s' } },
      { breaker: true },
      { limit: { queue: {} } },
      { limit: { concurrency: { min: 30 } } },
      { limit: 2.5 },
      { cache: {} },
      { throttle: { max: '100%' } },
      { fallback: 'none' },
      { name: 'payments', propagate: true },
      { cache: circular },
      { cache: '60' },
      { timeout: 5n },
      { name: 5 },
      { judge: 'all' },
      { endpoints: 'http://a' },
      { endpoints: ['http://a', 8080] },
      undefined,
      [],
    ];
    expect(wrong.map(messageFor)).toMatchSnapshot();
  });

  it('take the lifetime of a cache alone', async () => {
    const call = policy({ cache: '60s' });
    let attempts = 0;
    const work = (): Promise<number> => Promise.resolve(++attempts);
    expect(await call(work, { key: 'a' })).toBe(1);
    expect(await call(work, { key: 'a' })).toBe(1);
  });

  it('are read once: what is changed later changes nothing', async () => {
    const retry = { attempts: 1 };
    const call = policy({ retry });
    retry.attempts = 3;
    let attempts = 0;
    await expect(
      call(() => {
        attempts++;
        throw new Error('down');
      }),
    ).rejects.toThrow('down');
    expect(attempts).toBe(1);
  });
});
