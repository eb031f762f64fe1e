import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { cb02 } from './cb02-opens-on-noise.ts';

function breaker(words: string): string {
  return messages(cb02, modelLandscape(shop(`web -> payments: { breaker: { ${words} } }`)));
}

describe('CB02', () => {
  it('finds a breaker that two calls can open', () => {
    expect(breaker('failures: 50%, of: 2')).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:52 medium CB02
      web -> payments: one failure of 2 calls opens it, which happens by chance in 2 % of the
      windows that have no more
        least calls of web -> payments: 2 (seaworthy.yaml:8)
        threshold of web -> payments: 50 % (seaworthy.yaml:8)
        ordinary failures: 1 % (guess: no trace tells how many calls fail on an ordinary day)
      passes: 3 calls at least"
    `);
  });

  it('knows the default of opossum', () => {
    expect(messages(cb02, nodeApp({ packages: { opossum: '9.0.0' } }))).toMatchInlineSnapshot(`
      "web/package.json:1:69 medium CB02
      web: one failure of 1 call opens it, which happens by chance in 1 % of the windows that
      have no more
        least calls of opossum 9.0.0: 0 (default of opossum 9.0.0)
        threshold of opossum 9.0.0: 50 % (default of opossum 9.0.0)
        ordinary failures: 1 % (guess: no trace tells how many calls fail on an ordinary day)
      passes: 3 calls at least"
    `);
  });

  it('computes the chance, at one failure in a hundred', () => {
    // 3 c^2 - 2 c^3 = 0.000298, and 1 - 0.99^3 = 0.0297.
    expect(breaker('failures: 50%, of: 3')).toBe('');
    expect(breaker('failures: 10%, of: 3')).toContain('by chance in 3 % of the');
    expect(breaker('failures: 10%, of: 20')).toContain('2 failures of 20 calls');
    expect(breaker('failures: 50%, of: 20')).toBe('');
    // 0.00098 and 0.00146.
    expect(breaker('failures: 40%, of: 5')).toBe('');
    expect(breaker('failures: 30%, of: 6')).toContain('CB02');
  });
});
