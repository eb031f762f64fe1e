import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { onCompose } from '../../testing/manifests.ts';
import { rt18 } from './rt18-unit-smell.ts';

function timeout(text: string): string {
  return messages(rt18, modelLandscape(shop(`web -> payments: { timeout: ${text} }`)));
}

function environments(name: string, a: string, b: string): string {
  const service = (value: string): string => `{ image: x:1, environment: { ${name}: "${value}" } }`;
  return messages(rt18, onCompose(`web: ${service(a)}\napi: ${service(b)}`));
}

describe('RT18', () => {
  it('finds a time that no network can keep', () => {
    expect(timeout('3ms')).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:31 medium RT18
      web -> payments: its timeout of an attempt is 3 ms: no network answers that fast
        timeout of an attempt of web -> payments: 3 ms (seaworthy.yaml:8)
      passes: 3 s, if 3 ms was meant in seconds"
    `);
    expect(timeout('4ms')).toContain('RT18');
    expect(timeout('5ms')).toBe('');
  });

  it('finds a time that nobody waits', () => {
    expect(timeout('11m')).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:31 medium RT18
      web -> payments: its timeout of an attempt is 660 s: nobody waits that long
        timeout of an attempt of web -> payments: 660 s (seaworthy.yaml:8)
      passes: 660 ms, if it was meant in milliseconds"
    `);
    expect(timeout('10m')).toBe('');
  });

  it('finds two that mean different units', () => {
    expect(environments('REQUEST_TIMEOUT', '30', '30000')).toMatchInlineSnapshot(`
      "compose.yaml:3:54 medium RT18
      api: REQUEST_TIMEOUT is 30000 here, and 30 in web
        REQUEST_TIMEOUT of api: 30000 (compose.yaml:3)
        REQUEST_TIMEOUT of web: 30 (compose.yaml:2)
      passes: the same value in both, or values with units"
    `);
    expect(environments('REQUEST_TIMEOUT', '30', '3000')).toBe('');
    expect(environments('REQUEST_TIMEOUT', '30', '30')).toBe('');
    expect(environments('PORT', '8', '8000')).toBe('');
  });

  it('passes over variables without a value', () => {
    const services = `web: { image: x:1, environment: [REQUEST_TIMEOUT] }
api: { image: x:1, environment: { REQUEST_TIMEOUT: "30" } }`;
    expect(messages(rt18, onCompose(services))).toBe('');
  });
});
