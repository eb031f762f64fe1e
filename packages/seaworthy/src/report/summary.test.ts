import { expect, it } from 'vitest';

import { printSummary } from './summary.ts';
import { calmTrial } from './testing/calm-trial.ts';
import { exampleTrial } from './testing/example-trial.ts';

it('sums up several scenarios', () => {
  expect(printSummary([calmTrial, exampleTrial], false)).toMatchInlineSnapshot(`
    "
    SUMMARY
    ✓ calm                                       1 of 1 held     no findings
      The objective holds.
    ✗ payments-brownout                          1 of 3 held      2 findings
      Collapsed at 61 s and had not recovered 110 s after the last fault ended:
      retries on web -> payments keep it overloaded.
    "
  `);
});
