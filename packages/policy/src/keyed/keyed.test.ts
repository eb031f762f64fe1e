import { describe, expect, it } from 'vitest';
import { KeyedStates } from './keyed.ts';

describe('states by key', () => {
  it('forget the key that was not used for longest', () => {
    const states = new KeyedStates<string, number>({ capacity: 2, idleMs: Infinity });
    states.add('a', 1, 0);
    states.add('b', 2, 1);
    states.use('a', 2);
    states.add('c', 3, 3);
    expect([states.use('b', 4), states.use('a', 4)?.value, states.evicted]).toEqual([
      undefined,
      1,
      1,
    ]);
  });

  it('forget a key that nobody used for a while, also when it is asked for', () => {
    const states = new KeyedStates<string, number>({ capacity: 10, idleMs: 100 });
    states.add('a', 1, 0);
    states.add('b', 2, 50);
    expect(states.use('a', 99)?.value).toBe(1);
    expect(states.use('b', 150)).toBeUndefined();
    expect([states.size, states.expired]).toEqual([1, 1]);
  });

  it('keep what is held, and refuse a new key where all is', () => {
    const states = new KeyedStates<string, number>({ capacity: 1, idleMs: 100 });
    const held = states.add('a', 1, 0)!;
    states.hold(held);
    states.hold(held);
    expect(states.add('b', 2, 1000)).toBeUndefined();
    states.release(held, 1000);
    expect(states.add('b', 2, 1000)).toBeUndefined();
    states.release(held, 1000);
    expect(states.add('b', 2, 1000)?.value).toBe(2);
    expect(states.use('a', 1000)).toBeUndefined();
  });

  it('leave a key that was removed while held to its holder alone', () => {
    const states = new KeyedStates<string, number>({ capacity: 2, idleMs: 100 });
    const held = states.add('a', 1, 0)!;
    states.hold(held);
    states.remove('a');
    const next = states.add('a', 2, 0)!;
    states.release(held, 0);
    expect([states.size, states.use('a', 0)]).toEqual([1, next]);
  });
});
