import { describe, expect, it } from 'vitest';

import { Reason } from '../call/reason.ts';
import { VirtualTime } from '../virtual/virtual-time.ts';
import { reasonOfError } from '../promise/judge.ts';
import { chaos, ChaosError } from './chaos.ts';
import type { ChaosFault } from './chaos.ts';
import { policy } from '../promise/policy.ts';

/** How each of so many calls in a row ends: `1` for what the function gives. */
async function ends(faults: readonly ChaosFault[], calls: number, seed = 1): Promise<string> {
  const call = policy({ chaos: chaos({ seed, faults }) }, new VirtualTime());
  let text = '';
  for (let index = 0; index < calls; index++) text += await call(() => '1').catch(() => 'x');
  return text;
}

describe('chaos', () => {
  it('fails the first so many attempts, and then no more', async () => {
    expect(await ends([{ error: 'reset', first: 3 }], 6)).toBe('xxx111');
  });

  it('fails a share of the attempts: the same ones for the same seed', async () => {
    const first = await ends([{ error: 'error', share: '30%' }], 2000);
    const failed = first.split('').filter((end) => end === 'x').length;
    // Four standard deviations of a binomial.
    expect(Math.abs(failed - 600)).toBeLessThan(4 * Math.sqrt(2000 * 0.3 * 0.7));
    expect(await ends([{ error: 'error', share: '30%' }], 2000)).toBe(first);
    expect(await ends([{ error: 'error', share: '30%' }], 2000, 2)).not.toBe(first);
  });

  it('has a stream for each fault: one more moves the dice of no other', async () => {
    const alone = await ends([{ error: 'error', share: '30%' }], 200);
    const both = await ends(
      [
        { error: 'error', share: '30%' },
        { error: 'reset', share: '1%' },
      ],
      200,
    );
    for (const [index, end] of alone.split('').entries())
      if (end === 'x') expect(both[index]).toBe('x');
  });

  it('happens where its condition holds', async () => {
    const faults: ChaosFault[] = [{ error: 'reset', when: ({ endpoint }) => endpoint === 'b' }];
    const balance = 'round-robin';
    const two = policy(
      { endpoints: ['a', 'b'], balance, chaos: chaos({ faults }) },
      new VirtualTime(),
    );
    const seen = [];
    for (let index = 0; index < 4; index++) seen.push(await two(() => 'a').catch(() => 'b failed'));
    expect(seen.toSorted()).toEqual(['a', 'a', 'b failed', 'b failed']);
  });

  it('fails as the dependency would, for the reason that was asked for', async () => {
    const reasons = ['error', 'overloaded', 'reset', 'unreachable', 'timeout', 'conflict'] as const;
    for (const reason of reasons) {
      const call = policy({ chaos: chaos({ faults: [{ error: reason }] }) });
      const error: unknown = await call(() => 1).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ChaosError);
      expect(reasonOfError(error)).toBe(Reason[reason]);
    }
    const own = new Error('as theirs');
    const call = policy({ chaos: chaos({ faults: [{ error: () => own }] }) });
    await expect(call(() => 1)).rejects.toBe(own);
  });

  it('is what the policies around it live with: a retry gets through', async () => {
    const time = new VirtualTime();
    const call = policy(
      { retry: 3, chaos: chaos({ faults: [{ error: 'reset', first: 2 }] }) },
      time,
    );
    let calls = 0;
    const result = call(() => ++calls);
    await time.advance(5000);
    expect(await result).toBe(1);
  });

  it('holds attempts up, and delays add up', async () => {
    const time = new VirtualTime();
    const faults: ChaosFault[] = [{ latency: '100ms' }, { latency: { from: '10ms', to: '20ms' } }];
    const call = policy({ chaos: chaos({ faults }) }, time);
    let beganMs = -1;
    const result = call(() => (beganMs = time.clock.now()));
    await time.advance(109);
    expect(beganMs).toBe(-1);
    await time.advance(11);
    expect(await result).toBeGreaterThanOrEqual(110);
    expect(beganMs).toBeLessThanOrEqual(120);
  });

  it('hangs until the attempt is given up, and then holds nothing any more', async () => {
    const time = new VirtualTime();
    const faults: ChaosFault[] = [
      { hang: true, first: 1 },
      { latency: '1h', first: 2 },
    ];
    const call = policy({ timeout: '1s', limit: 1, chaos: chaos({ faults }) }, time);
    let calls = 0;
    const hanging = [call(() => ++calls), call(() => ++calls)].map((result) =>
      result.catch((error: { code: string }) => error.code),
    );
    await time.advance(2000);
    expect(await Promise.all(hanging)).toEqual(['SEAWORTHY_TIMEOUT', 'SEAWORTHY_TIMEOUT']);
    expect(calls).toBe(0);
    expect(call.snapshot().inFlight).toBe(0);
    expect(time.clock.pending).toBe(0);
    expect(await call(() => 'well')).toBe('well');
  });

  it('is seen by observers, attempt by attempt', async () => {
    const time = new VirtualTime();
    const seen: unknown[] = [];
    const call = policy(
      {
        chaos: chaos({ faults: [{ latency: '5ms' }, { error: 'reset' }] }),
        observer: {
          faultInjected: (record, fault, latencyMs) =>
            seen.push([record.attempt, fault, latencyMs]),
        },
      },
      time,
    );
    const result = call(() => 1).catch(() => undefined);
    await time.advance(10);
    await result;
    expect(seen).toEqual([
      [1, 'latency', 5],
      [1, 'error', 0],
    ]);
  });

  it.each([
    [{}, /chaos.faults/],
    [{ faults: [] }, /1 to 20/],
    [{ faults: [{}] }, /chaos.faults\[0\].*exactly one of/],
    [{ faults: [{ hang: true, error: 'reset' }] }, /exactly one of/],
    [{ faults: [{ hang: false }] }, /hang is false/],
    [{ faults: [{ error: 'bad luck' }] }, /write one of: error/],
    [{ faults: [{ latency: { from: '2s', to: '1s' } }] }, /from at most to/],
    [{ faults: [{ hang: true, share: '0%' }] }, /share/],
    [{ faults: [{ hang: true, first: 0 }] }, /first/],
    [{ faults: [{ hang: true, when: 'always' }] }, /write a function/],
    [{ faults: [{ hang: true }], enabled: true }, /not an option/],
  ])('refuses %j', (options, says) => {
    expect(() => chaos(options as never)).toThrow(says);
  });

  it('is no plain data, which might come from anywhere', () => {
    const data = { faults: [{ hang: true }] };
    expect(() => policy({ chaos: data as never })).toThrow(/chaos is .*@seaworthy\/policy\/chaos/);
  });
});
