import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Keyed, KeyedStates } from './keyed.ts';

const idleMs = 100;

type Act = readonly [gapMs: number, key: number, what: 'use' | 'hold' | 'release' | 'remove'];

const act: fc.Arbitrary<Act> = fc.tuple(
  fc.constantFrom(0, 1, 10, 50, 100, 101),
  fc.nat(7),
  fc.constantFrom('use', 'use', 'use', 'hold', 'release', 'remove'),
);
const acts = fc.array(act, { maxLength: 200, size: 'max' });

/** The same container, as plainly as it can be said: a list in the order of use. */
class Plain {
  list: { key: number; usedMs: number; holders: number }[] = [];

  private readonly capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  use(key: number, nowMs: number): boolean {
    const found = this.list.find((one) => one.key === key);
    if (found === undefined) return false;
    if (found.holders === 0 && nowMs - found.usedMs >= idleMs) {
      this.forgetIdle(nowMs);
      return false;
    }
    found.usedMs = nowMs;
    this.toEnd(found);
    return true;
  }

  add(key: number, nowMs: number): boolean {
    this.forgetIdle(nowMs);
    if (this.list.length >= this.capacity) {
      const first = this.list.findIndex((one) => one.holders === 0);
      if (first === -1) return false;
      this.list.splice(first, 1);
    }
    this.list.push({ key, usedMs: nowMs, holders: 0 });
    return true;
  }

  release(key: number, nowMs: number): void {
    const found = this.list.find((one) => one.key === key)!;
    found.holders--;
    found.usedMs = nowMs;
    this.toEnd(found);
  }

  private toEnd(one: Plain['list'][number]): void {
    this.list.splice(this.list.indexOf(one), 1);
    this.list.push(one);
  }

  private forgetIdle(nowMs: number): void {
    this.list = this.list.filter((one) => one.holders > 0 || nowMs - one.usedMs < idleMs);
  }
}

class Pair {
  readonly states: KeyedStates<number, string>;
  readonly plain: Plain;
  nowMs: number = 0;
  private readonly held = new Map<number, Keyed<number, string>[]>();

  constructor(capacity: number) {
    this.states = new KeyedStates({ capacity, idleMs });
    this.plain = new Plain(capacity);
  }

  happen([gapMs, key, what]: Act): void {
    this.nowMs += gapMs;
    if (what === 'use' || what === 'hold') this.touch(key, what === 'hold');
    else if (what === 'release') this.release(key);
    else if ((this.held.get(key) ?? []).length === 0) {
      this.states.remove(key);
      this.plain.list = this.plain.list.filter((one) => one.key !== key);
    }
    expect(this.states.size).toBe(this.plain.list.length);
  }

  private touch(key: number, holds: boolean): void {
    let found = this.states.use(key, this.nowMs);
    expect(found !== undefined).toBe(this.plain.use(key, this.nowMs));
    if (found === undefined) {
      found = this.states.add(key, `value ${key}`, this.nowMs);
      expect(found !== undefined).toBe(this.plain.add(key, this.nowMs));
    }
    expect(found?.value ?? `value ${key}`).toBe(`value ${key}`);
    if (found === undefined || !holds) return;
    this.states.hold(found);
    this.plain.list.find((one) => one.key === key)!.holders++;
    this.held.set(key, [...(this.held.get(key) ?? []), found]);
  }

  private release(key: number): void {
    const keyed = this.held.get(key)?.pop();
    if (keyed === undefined) return;
    this.states.release(keyed, this.nowMs);
    this.plain.release(key, this.nowMs);
  }
}

describe('states by key', () => {
  it('are those that a list in the order of use has, whatever happens', () => {
    fc.assert(
      fc.property(acts, fc.integer({ min: 1, max: 5 }), (list, capacity) => {
        const pair = new Pair(capacity);
        for (const one of list) pair.happen(one);
      }),
      { numRuns: 150 },
    );
  });

  it('are never more than there is room for, and those in use are there', () => {
    fc.assert(
      fc.property(acts, fc.integer({ min: 1, max: 5 }), (list, capacity) => {
        const states = new KeyedStates<number, object>({ capacity, idleMs });
        const held: Keyed<number, object>[] = [];
        let nowMs = 0;
        for (const [gapMs, key, what] of list) {
          nowMs += gapMs;
          const keyed = states.use(key, nowMs) ?? states.add(key, {}, nowMs);
          if (what === 'hold' && keyed !== undefined) {
            states.hold(keyed);
            held.push(keyed);
          }
          expect(states.size).toBeLessThanOrEqual(capacity);
          for (const one of held) expect(states.use(one.key, nowMs)).toBe(one);
          if (what === 'release' && held.length > 0) states.release(held.pop()!, nowMs);
        }
      }),
      { numRuns: 100 },
    );
  });
});
