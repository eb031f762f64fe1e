import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { rt20 } from './rt20-deadline-lost.ts';

function first(words: string): string {
  return messages(rt20, modelLandscape(shop(`shoppers -> web: { ${words} }`)));
}

describe('RT20', () => {
  it('finds a deadline that the services below never hear of', () => {
    expect(first('deadline: 2s, propagate: false')).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:47 medium RT20
      shoppers -> web: after 2 s shoppers gives up, and web -> payments -> bank go on
        timeout of shoppers -> web: 2 s (seaworthy.yaml:8)
        hands the deadline on: no (seaworthy.yaml:8)
      passes: a deadline that is handed on (propagate: true)"
    `);
    expect(first('deadline: 2s')).toContain('low RT20');
  });

  it('begins where the first timeout is', () => {
    const deep = (words: string): string =>
      messages(
        rt20,
        modelLandscape(
          shop(`shoppers -> web: { ${words} }\nweb -> payments: { deadline: 2s }`).replace(
            'bank: { steps: [',
            'ledger: { steps: [{ cpu: 1ms }] }\n  bank: { steps: [{ call: ledger }, ',
          ),
        ),
      );
    expect(deep('retry: 1')).toContain('web -> payments: after 2 s web gives up');
    expect(deep('deadline: 3s')).not.toContain('web -> payments: after');
  });

  it('is content where it is handed on, where there is none, and where little is below', () => {
    expect(first('deadline: 2s, propagate: true')).toBe('');
    expect(first('retry: 1')).toBe('');
    expect(messages(rt20, modelLandscape(shop('web -> payments: { deadline: 2s }')))).toBe('');
  });
});
