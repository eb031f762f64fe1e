import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { ov01 } from './ov01-takes-everything.ts';

function entry(words: string): string {
  return messages(
    ov01,
    modelLandscape(`seaworthy: 1
name: one
services:
  web: { ${words} steps: [{ call: api }] }
  api: { steps: [{ wait: 10ms }] }
traffic: { people: { to: web, rate: 10/s } }
`),
  );
}

describe('OV01', () => {
  it('finds an entry that refuses nothing', () => {
    expect(entry('concurrency: unlimited,')).toContain('high OV01');
    expect(entry('')).toMatchInlineSnapshot(`
      "seaworthy.yaml:4:8 medium OV01
      web: traffic comes to it, and it works on any number of requests at once
        concurrency of web: no limit (default of seaworthy.yaml)
      passes: concurrency: 64 and queue: { limit: 64 }, or the like"
    `);
  });

  it('is content with a limit', () => {
    expect(entry('concurrency: 64,')).toBe('');
  });
});
