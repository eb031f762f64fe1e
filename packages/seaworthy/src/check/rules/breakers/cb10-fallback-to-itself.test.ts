import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { cb10 } from './cb10-fallback-to-itself.ts';

function fallback(steps: string): string {
  return messages(
    cb10,
    modelLandscape(`seaworthy: 1
name: one
services:
  web: { steps: [{ call: prices }] }
  prices: { steps: [{ wait: 5ms }] }
  archive: { steps: [${steps}] }
calls:
  web -> prices: { timeout: 1s, fallback: [{ call: archive }] }
traffic: { people: { to: web, rate: 10/s } }
`),
  );
}

describe('CB10', () => {
  it('finds a fallback that asks what has failed', () => {
    expect(fallback('{ call: prices }')).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:44 medium CB10
      web -> prices: when prices fails it asks archive, which calls prices itself
      passes: a fallback that does without prices"
    `);
  });

  it('is content with one that does without', () => {
    expect(fallback('{ wait: 5ms }')).toBe('');
  });
});
