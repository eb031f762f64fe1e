import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { rt04 } from './rt04-budgets-multiply.ts';

function budgets(...shares: readonly [string, string, string]): string {
  const edges = ['shoppers -> web', 'web -> payments', 'payments -> bank'];
  const calls = edges.map(
    (edge, index) => `${edge}: { retry: { budget: { share: ${shares[index]} } } }`,
  );
  return messages(rt04, modelLandscape(shop(calls.join('\n'))));
}

describe('RT04', () => {
  it('multiplies the budgets along a path', () => {
    expect(budgets('20%', '20%', '20%')).toMatchInlineSnapshot(`
      "seaworthy.yaml:10:49 medium RT04
      bank: the budgets on the way from shoppers allow 1.73 times the load here: shoppers -> web
      1.2, web -> payments 1.2, payments -> bank 1.2
        budget of shoppers -> web: 20 % (seaworthy.yaml:8)
        budget of web -> payments: 20 % (seaworthy.yaml:9)
        budget of payments -> bank: 20 % (seaworthy.yaml:10)
      passes: budgets of which the product of (1 + share) is at most 1.5"
    `);
  });

  it('is content up to half as much load again', () => {
    expect(budgets('0%', '20%', '25%')).toBe('');
    expect(budgets('0%', '20%', '26%')).toContain('1.51 times');
    expect(budgets('0%', '20%', '26%')).not.toContain('shoppers');
  });

  it('leaves a single large budget to RT03', () => {
    expect(budgets('0%', '0%', '60%')).toBe('');
  });

  it('tells of no edge that has no budget', () => {
    const calls =
      'shoppers -> web: { retry: { budget: { share: 30% } } }\n' +
      'web -> payments: { timeout: 1s }\npayments -> bank: { retry: { budget: { share: 30% } } }';
    const said = messages(rt04, modelLandscape(shop(calls)));
    expect(said.replace(/\s+/g, ' ')).toContain('shoppers -> web 1.3, payments -> bank 1.3 budget');
  });
});
