import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { brokenLaws } from './testing/invariants.ts';
import { randomSystem } from './testing/random-system.ts';

/** `npm run fidelity` asks for a thousand, always the same. */
const asked = process.env['RANDOM_SYSTEMS'];
const chosen = asked === undefined ? { numRuns: 40 } : { numRuns: Number(asked), seed: 1 };

describe('random systems', () => {
  it('break no law, whatever the file describes', { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(randomSystem, (system) => {
        expect(brokenLaws(system)).toEqual([]);
      }),
      { ...chosen, endOnFailure: true },
    );
  });
});
