import type { Line } from '../line/line.ts';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../virtual/virtual-clock.ts';
import type { Clock, Timer } from '../time/clock.ts';
import { MonotonicTime } from '../time/monotonic.ts';
import { TimerQueue } from './timer-queue.ts';
import type { Timed } from './timer-queue.ts';

class Item implements Timed<Item> {
  dueMs: number = 0;
  dueSequence: number = 0;
  heapIndex: number = -1;
  line: Line<Item> | undefined = undefined;
  previous: Item | undefined = undefined;
  next: Item | undefined = undefined;
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** A queue that notes what runs when, and what happens to the timers of its clock. */
class Bench {
  readonly clock: VirtualClock = new VirtualClock();
  readonly time: MonotonicTime;
  readonly queue: TimerQueue<Item>;
  readonly ran: string[] = [];
  readonly keeps: boolean[] = [];
  armed: number = 0;
  onRun: ((item: Item) => void) | undefined = undefined;

  constructor() {
    const { clock } = this;
    const watched: Clock = {
      now: () => clock.now(),
      after: (delayMs, run): Timer => {
        this.armed++;
        return clock.after(delayMs, run);
      },
      cancel: (timer) => clock.cancel(timer),
      keepAlive: (timer, keep) => this.keeps.push(keep),
    };
    this.time = new MonotonicTime(watched);
    this.queue = new TimerQueue<Item>(watched, this.time, (item) => {
      this.ran.push(`${this.time.nowMs} ${item.name}`);
      this.onRun?.(item);
    });
  }

  set(item: Item, dueMs: number): Item {
    this.time.read();
    this.queue.set(item, dueMs);
    return item;
  }
}

describe('TimerQueue', () => {
  it('runs each item when it is due, in order of time, then of insertion', () => {
    const bench = new Bench();
    bench.set(new Item('late'), 20);
    bench.set(new Item('first'), 10);
    bench.set(new Item('second'), 10);
    bench.set(new Item('early'), 5);
    bench.clock.runAll();
    expect(bench.ran).toEqual(['5 early', '10 first', '10 second', '20 late']);
  });

  it('keeps that order between the line and what jumps it', () => {
    const bench = new Bench();
    bench.time.read();
    const inLine = (name: string, dueMs: number): void =>
      bench.queue.setInLine(new Item(name), dueMs);
    inLine('line 10', 10);
    bench.set(new Item('heap 10'), 10);
    inLine('line 20', 20);
    inLine('jumps to 10', 10);
    bench.set(new Item('heap 15'), 15);
    inLine('line 20 too', 20);
    expect(bench.queue.waiting().length).toBe(6);
    bench.clock.runAll();
    expect(bench.ran).toEqual([
      '10 line 10',
      '10 heap 10',
      '10 jumps to 10',
      '15 heap 15',
      '20 line 20',
      '20 line 20 too',
    ]);
  });

  it('moves an item that is set again, behind those of the same time', () => {
    const bench = new Bench();
    const moved = bench.set(new Item('moved'), 10);
    bench.set(new Item('other'), 10);
    bench.set(moved, 20);
    bench.set(moved, 10);
    bench.clock.runAll();
    expect(bench.ran).toEqual(['10 other', '10 moved']);
  });

  it('forgets an item that is removed, twice too', () => {
    const bench = new Bench();
    const item = bench.set(new Item('removed'), 10);
    bench.queue.remove(item);
    bench.queue.remove(item);
    bench.clock.runAll();
    expect([bench.ran, bench.queue.size, bench.queue.earliestMs]).toEqual([[], 0, Infinity]);
  });

  it('arms one timer for calls that end in time', () => {
    const bench = new Bench();
    for (let call = 0; call < 1000; call++) {
      const item = bench.set(new Item('call'), bench.clock.now() + 100);
      bench.clock.advance(0.05);
      bench.queue.remove(item);
    }
    expect(bench.armed).toBe(1);
  });

  it('arms again when it fires for nothing, for as long as something waits', () => {
    const bench = new Bench();
    const first = bench.set(new Item('first'), 10);
    bench.set(new Item('second'), 30);
    bench.queue.remove(first);
    bench.clock.advance(20);
    expect([bench.armed, bench.clock.pending]).toEqual([2, 1]);
    bench.clock.runAll();
    expect(bench.ran).toEqual(['30 second']);
    expect(bench.clock.pending).toBe(0);
  });

  it('tells the clock that an idle timer keeps nothing alive', () => {
    const bench = new Bench();
    const item = bench.set(new Item('call'), 10);
    bench.queue.remove(item);
    bench.set(item, 20);
    expect(bench.keeps).toEqual([false, true]);
  });

  it('drops the idle timer at rest, and only then', () => {
    const bench = new Bench();
    const item = bench.set(new Item('call'), 10);
    bench.queue.rest();
    expect(bench.clock.pending).toBe(1);
    bench.queue.remove(item);
    bench.queue.rest();
    expect(bench.clock.pending).toBe(0);
    bench.set(item, 10);
    bench.clock.runAll();
    expect(bench.ran).toEqual(['10 call']);
  });

  it('keeps what is set while it runs for the next turn, even when that is due', () => {
    const bench = new Bench();
    const item = new Item('again');
    bench.onRun = (): void => {
      if (bench.ran.length < 3) bench.set(item, bench.clock.now());
    };
    bench.set(item, 5);
    bench.clock.runAll();
    expect(bench.ran).toEqual(['5 again', '5 again', '5 again']);
    expect(bench.armed).toBe(3);
  });

  it('goes on after an item that throws', () => {
    const bench = new Bench();
    bench.set(new Item('throws'), 5);
    bench.set(new Item('other'), 5);
    bench.onRun = (item): void => {
      if (item.name === 'throws') throw new Error('from the host');
    };
    expect(() => bench.clock.runAll()).toThrow('from the host');
    bench.clock.runAll();
    expect(bench.ran).toEqual(['5 throws', '5 other']);
  });

  it('takes the time it asked for as reached when a timer fires early', () => {
    let wake: (() => void) | undefined;
    const early: Clock = {
      now: () => 0,
      after: (delayMs, run) => (wake = run),
      cancel: () => {},
    };
    const ran: number[] = [];
    const time = new MonotonicTime(early);
    const queue = new TimerQueue<Item>(early, time, () => ran.push(time.nowMs));
    time.read();
    queue.set(new Item('call'), 10);
    wake?.();
    expect(ran).toEqual([10]);
  });
});
