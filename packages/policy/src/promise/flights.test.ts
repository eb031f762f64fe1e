import { describe, expect, it } from 'vitest';
import { after, never, watch } from '../testing/promises.ts';
import { VirtualTime } from '../virtual/virtual-time.ts';
import type { Outcome } from './judge.ts';
import { PolicyError } from './policy-error.ts';
import { policy } from './policy.ts';

const down = new Error('down');

const judge = (outcome: Outcome) =>
  'value' in outcome && (outcome.value as { status: number }).status === 503
    ? ({ reason: 'overloaded' } as const)
    : undefined;

describe('calls that wait for a flight', () => {
  it('get the value that was judged a failure, as the call of the flight would', async () => {
    const time = new VirtualTime();
    const call = policy({ cache: '60s', judge }, time);
    const busy = { status: 503 };
    const results = [1, 2].map(() => watch(call(() => after(time, 10, () => busy), { key: 'a' })));
    await time.advance(10);
    for (const result of results) expect(result).toEqual({ state: 'resolved', value: busy });
  });

  it('are told nothing of what another flight failed with', async () => {
    const time = new VirtualTime();
    const call = policy({ cache: '60s', deadline: '50ms' }, time);
    await expect(call(() => Promise.reject(down), { key: 'a' })).rejects.toBe(down);
    const first = watch(call(never, { key: 'b' }));
    await time.advance(50);
    const error = first.value as PolicyError;
    expect(error.code).toBe('SEAWORTHY_DEADLINE');
    expect((error.cause as Error | undefined)?.message).not.toBe('down');
  });

  it('answer from their fallback, which is told what the flight failed with', async () => {
    const time = new VirtualTime();
    const seen: unknown[] = [];
    const fallback = [({ error }: { error: unknown }) => (seen.push(error), 'old')];
    const call = policy({ cache: '60s', fallback }, time);
    const fail = () => after(time, 10, () => Promise.reject(down));
    const results = ['a', 'a'].map((key) => watch(call(fail, { key })));
    await time.advance(20);
    expect(results.map(({ value }) => value)).toEqual(['old', 'old']);
    expect(seen).toEqual([down, down]);
  });

  it('fail with the failure that is remembered, by its reason', async () => {
    const call = policy({ cache: { ttl: '60s', negative: '10s' } }, new VirtualTime());
    await expect(call(() => Promise.reject(down), { key: 'a' })).rejects.toBe(down);
    await expect(call(() => 1, { key: 'a' })).rejects.toMatchObject({ reason: 'error' });
    // A call without a key has nothing to do with flights, in a record that one has used.
    await expect(call(() => Promise.reject(undefined))).rejects.toBeInstanceOf(PolicyError);
  });
});
