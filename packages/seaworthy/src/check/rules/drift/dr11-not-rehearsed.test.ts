import { describe, expect, it } from 'vitest';

import { checkRehearsed } from '../../check.ts';
import { resultText } from '../../testing/cases.ts';
import { dr11 } from './dr11-not-rehearsed.ts';

const hash = '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef';

function said(own: string | undefined, rehearsed: string): string {
  return resultText(checkRehearsed(own, rehearsed, dr11));
}

describe('DR11', () => {
  it('finds other policies, and shows as many digits as people copy', () => {
    expect(said(hash, `f${hash.slice(1)}`)).toMatchInlineSnapshot(`
      "nowhere high DR11
      policies: the policies are 0123456789abcdef, and f123456789abcdef were rehearsed
      passes: the policies that were rehearsed, or a rehearsal of these"
    `);
  });

  it('is content with the first digits of the same, in either case', () => {
    expect(said(hash, hash.slice(0, 12))).toBe('');
    expect(said(hash, hash.toUpperCase())).toBe('');
  });

  it('cannot tell where there are none', () => {
    expect(said(undefined, hash)).toBe('policies lacks any setting that must be equal');
  });
});
