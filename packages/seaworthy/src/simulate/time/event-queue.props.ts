import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { EventQueue } from './event-queue.ts';

describe('EventQueue', () => {
  it('gives events back by time, and in the order of insertion at the same time', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 600 }), (times) => {
        const queue = new EventQueue();
        const pushed = times.map((timeNs, payload) => ({
          timeNs,
          payload,
          sequence: queue.push(timeNs, payload),
        }));
        const expected = pushed.toSorted((a, b) => a.timeNs - b.timeNs || a.sequence - b.sequence);
        const popped = [];
        while (queue.next()) {
          const { timeNs, payload, sequence } = queue;
          popped.push({ timeNs, payload, sequence });
        }
        expect(popped).toEqual(expected);
      }),
    );
  });

  it('keeps the order while events come and go', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.integer({ min: 0, max: 99 })), { maxLength: 400 }),
        (steps) => {
          const queue = new EventQueue();
          const model: { timeNs: number; sequence: number }[] = [];
          for (const step of steps) {
            if (step !== null) {
              model.push({ timeNs: step, sequence: queue.push(step, 0) });
              continue;
            }
            model.sort((a, b) => a.timeNs - b.timeNs || a.sequence - b.sequence);
            const isThere = queue.next();
            const { timeNs, sequence } = queue;
            expect(isThere ? { timeNs, sequence } : undefined).toEqual(model.shift());
          }
          expect(queue.size).toBe(model.length);
        },
      ),
    );
  });
});
