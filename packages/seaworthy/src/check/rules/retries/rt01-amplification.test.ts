import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { rt01 } from './rt01-amplification.ts';

function path(outer: number, inner: number): string {
  return messages(
    rt01,
    modelLandscape(
      shop(`web -> payments: { retry: ${outer} }\npayments -> bank: { retry: ${inner} }`),
    ),
  );
}

describe('RT01', () => {
  it('multiplies the attempts along a path', () => {
    expect(path(3, 3)).toMatchInlineSnapshot(`
      "seaworthy.yaml:9:30 medium RT01
      bank: one request to web can become 9 attempts here: web -> payments 3, payments -> bank 3
        attempts of web -> payments: 3 (seaworthy.yaml:8)
        attempts of payments -> bank: 3 (seaworthy.yaml:9)
      passes: attempts of which the product along the path is at most 4"
    `);
  });

  it.each([
    [2, 2, ''],
    [1, 4, ''],
    [5, 1, 'medium'],
    [5, 2, 'medium'],
    [11, 1, 'high'],
    [9, 3, 'high'],
    [7, 4, 'critical'],
  ])('%d x %d attempts are %s', (outer, inner, severity) => {
    expect(path(outer, inner).split(' ')[1] ?? '').toBe(severity);
  });

  it('says nothing where only one level of the path retries, up to four times', () => {
    expect(path(4, 1)).toBe('');
  });

  it('tells of what is behind the last that retries once, at that', () => {
    const calls = 'web -> payments: { retry: 5 }\npayments -> bank: { timeout: 1s }';
    const text = shop(calls).replace(
      '{ call: bank }',
      '{ call: bank }, { call: books }] }\n  books: { steps: [{ cpu: 1ms }',
    );
    const said = messages(rt01, modelLandscape(text));
    expect(said).toMatch(/^payments: one request/m);
    expect(said.match(/RT01/g)).toHaveLength(1);
  });
});
