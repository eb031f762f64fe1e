import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { play } from './testing/play.ts';
import { randomPlan } from './testing/random-plan.ts';

/** So many at the same time: one proxy has many edges. */
const atOnce = 10;

/** `npm run fault-plans` asks for ten thousand. */
const asked = Number(process.env['FAULT_PLANS'] ?? 200);
const seed = process.env['FAULT_PLANS_SEED'];

describe('random fault plans', () => {
  it(
    'corrupt no stream, lose nothing unasked, and leave nothing behind',
    { timeout: 3_600_000 },
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(randomPlan, { minLength: atOnce, maxLength: atOnce }),
          async (plans) => {
            expect(await play(plans)).toEqual([]);
          },
        ),
        {
          numRuns: Math.ceil(asked / atOnce),
          endOnFailure: true,
          ...(seed !== undefined && { seed: Number(seed) }),
        },
      ),
  );
});
