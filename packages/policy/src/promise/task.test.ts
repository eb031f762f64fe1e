import { describe, expect, it } from 'vitest';

import { Task } from '../call/call.ts';
import { policy, task } from '../node.ts';
import { VirtualTime } from '../virtual/virtual-time.ts';
import { nextTurn } from '../time/system.ts';

const never = () => new Promise<never>(() => {});

describe('task, on Node', () => {
  it('ends all calls within it by its deadline', async () => {
    const time = new VirtualTime();
    const payments = policy({ name: 'payments', deadline: '10s' }, time);
    const ended = task(
      { deadline: '100ms' },
      async () => {
        await nextTurn();
        return payments(never).catch((error: unknown) => [error, time.clock.now()]);
      },
      time.clock,
    );
    await time.advance(1000);
    expect(await ended).toMatchObject([{ code: 'SEAWORTHY_DEADLINE' }, 100]);
  });

  it('counts the attempts of all calls within it, those of calls below calls too', async () => {
    const time = new VirtualTime();
    const outer = policy({ name: 'outer', retry: 3 }, time);
    const inner = policy({ name: 'inner', retry: 3 }, time);
    let attempts = 0;
    const failing = () => {
      attempts++;
      throw new Error('down');
    };
    const all = task({ attempts: 6 }, () => outer(() => inner(failing)), time.clock);
    const ended = all.catch((error: unknown) => error);
    await time.advance(60_000);
    await ended;
    // Without the task it would be 9: here the outer attempts count as well.
    expect(attempts).toBe(4);
  });

  it('leaves calls outside of it alone', async () => {
    const call = policy({});
    await task({ attempts: 1 }, () => call(() => 1));
    expect(await call(() => 2)).toBe(2);
    expect(await call(() => 3)).toBe(3);
  });

  // The record of a call is used again; until 2026-11 with what the call before it mattered.
  it('says nothing of how much later calls matter', async () => {
    const call = policy({});
    const levelWithin = (): Promise<number> => call(({ task: own }) => own.level);
    expect(await task({ criticality: 'sheddable' }, levelWithin)).toBeGreaterThanOrEqual(0);
    expect(await levelWithin()).toBe(new Task().level);
  });

  it('within another task has at most what that one has', async () => {
    const time = new VirtualTime();
    const call = policy({}, time);
    const ended = task(
      { deadline: '100ms' },
      () => task({ deadline: '1h' }, () => call(never), time.clock),
      time.clock,
    ).catch((error: unknown) => [error, time.clock.now()]);
    await time.advance(200);
    expect(await ended).toMatchObject([{ code: 'SEAWORTHY_DEADLINE' }, 100]);
  });

  it('says what is wrong with its options', () => {
    const wrong = { deadline: '5 minutes' } as unknown as { deadline: '5m' };
    expect(() => task(wrong, () => 1)).toThrow(
      'deadline is "5 minutes": write a duration of more than 0',
    );
  });
});
