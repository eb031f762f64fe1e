import type { Line } from '../line/line.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../virtual/virtual-clock.ts';
import { MonotonicTime } from '../time/monotonic.ts';
import { TimerQueue } from './timer-queue.ts';
import type { Timed } from './timer-queue.ts';

/** Virtual time is rounded to whole nanoseconds: a timer may fire half of one early. */
const TOLERANCE_MS = 5e-7;

class Item implements Timed<Item> {
  dueMs: number = 0;
  dueSequence: number = 0;
  heapIndex: number = -1;
  line: Line<Item> | undefined = undefined;
  previous: Item | undefined = undefined;
  next: Item | undefined = undefined;
}

const command = fc.oneof(
  fc.record({
    kind: fc.constantFrom('set' as const, 'setInLine' as const),
    which: fc.nat(200),
    // Whole and few, so that many are due together; and fractions that nanoseconds cannot hold.
    afterMs: fc.oneof(fc.nat(20), fc.constantFrom(1 / 3, 2 / 7, 1e-7)),
  }),
  fc.record({ kind: fc.constant('remove' as const), which: fc.nat(200) }),
  fc.record({ kind: fc.constant('advance' as const), byMs: fc.nat(5) }),
);

describe('TimerQueue, against a plain list', () => {
  it('runs the same items in the same order, none early, none late, none twice', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 400, size: 'max' }), (commands) => {
        const clock = new VirtualClock();
        const ran: Item[] = [];
        const time = new MonotonicTime(clock);
        const queue = new TimerQueue<Item>(clock, time, (item) => ran.push(item));
        const items = Array.from({ length: 201 }, () => new Item());
        let expected: { item: Item; dueMs: number }[] = [];
        for (const next of commands) {
          if (next.kind === 'advance') {
            clock.advance(next.byMs);
            const due = expected.filter(({ dueMs }) => dueMs <= clock.now() + TOLERANCE_MS);
            due.sort((a, b) => a.dueMs - b.dueMs);
            expected = expected.filter(({ dueMs }) => dueMs > clock.now() + TOLERANCE_MS);
            const inOrder = ran.splice(0).map((item) => items.indexOf(item));
            expect(inOrder).toEqual(due.map(({ item }) => items.indexOf(item)));
            continue;
          }
          const item = items[next.which]!;
          expected = expected.filter((other) => other.item !== item);
          if (next.kind === 'remove') queue.remove(item);
          else {
            const dueMs = clock.now() + next.afterMs;
            time.read();
            queue[next.kind](item, dueMs);
            expected.push({ item, dueMs });
          }
          expect(queue.size).toBe(expected.length);
          const earliestMs = Math.min(...expected.map(({ dueMs }) => dueMs));
          expect(queue.earliestMs).toBe(earliestMs);
        }
        clock.runAll();
        expect([queue.size, clock.pending]).toEqual([0, 0]);
      }),
    );
  });
});
