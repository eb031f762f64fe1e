import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Tickets } from './tickets.ts';
import { WaitingLine } from './waiting-line.ts';

type Action = { readonly kind: 'push' | 'front' | 'back' | 'leave'; readonly pick: number };

const actions = fc.array(
  fc.record<Action>({
    kind: fc.constantFrom('push', 'push', 'push', 'front', 'back', 'leave'),
    pick: fc.nat(),
  }),
  { maxLength: 500 },
);

describe('WaitingLine', () => {
  it('is a list from which anyone can leave, taken from either end', () => {
    fc.assert(
      fc.property(actions, fc.integer({ min: 1, max: 3 }), (steps, count) => {
        const tickets = new Tickets(steps.length + 1);
        const lines = Array.from({ length: count }, () => ({
          line: new WaitingLine(),
          model: [] as number[],
        }));
        const free = Array.from(tickets.of.keys());
        for (const { kind, pick } of steps) {
          const { line, model } = lines[pick % count]!;
          if (kind === 'push') {
            const request = free.pop()!;
            line.push(request, tickets);
            model.push(request);
          } else if (model.length > 0 && kind === 'leave') {
            const [request] = model.splice(pick % model.length, 1);
            line.leave(request!, tickets);
            free.push(request!);
          } else if (model.length > 0) {
            const expected = kind === 'back' ? model.pop() : model.shift();
            expect(line.take(kind === 'back', tickets)).toBe(expected);
            free.push(expected!);
          }
          expect(line.length).toBe(model.length);
        }
      }),
    );
  });
});
