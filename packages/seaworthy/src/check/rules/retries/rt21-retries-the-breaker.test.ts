import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { rt21 } from './rt21-retries-the-breaker.ts';

/** What it says of pieces of code, each in a file of its own. */
function coded(...texts: readonly string[]): string {
  const files = texts.map((text, index) => [`web/src/call-${index}.ts`, text] as const);
  return messages(rt21, nodeApp({ files: Object.fromEntries(files) }));
}

const opossum = `import pRetry from 'p-retry';
import CircuitBreaker from 'opossum';
const breaker = new CircuitBreaker(charge, { timeout: 800 });
`;
const cockatiel = `import { circuitBreaker, handleAll, handleWhen, retry, wrap } from 'cockatiel';
const breaker = circuitBreaker(handleAll, { halfOpenAfter: 10_000 });
`;

describe('RT21', () => {
  it('finds p-retry around opossum', () => {
    const text = `${opossum}export const pay = () => pRetry(() => breaker.fire(), { retries: 4 });`;
    expect(coded(text)).toMatchInlineSnapshot(`
      "web/src/call-0.ts:4:26 medium RT21
      web: while the breaker of opossum is open, p-retry tries again each EOPENBREAKER
        what is retried: all errors, EOPENBREAKER too (web/src/call-0.ts:4)
        retries of p-retry: 4 (web/src/call-0.ts:4)
      passes: a retry with error.code !== 'EOPENBREAKER'"
    `);
  });

  it('finds a wrap of cockatiel', () => {
    const text = `${cockatiel}const again = retry(handleAll, { maxAttempts: 3 });
export const policy = wrap(again, breaker);`;
    expect(coded(text)).toMatchInlineSnapshot(`
      "web/src/call-0.ts:4:23 medium RT21
      web: while its breaker is open, its retry tries again each BrokenCircuitError
        what is retried: all errors, BrokenCircuitError too (web/src/call-0.ts:4)
        retries of cockatiel: 3 (web/src/call-0.ts:3)
      passes: a retry with !isBrokenCircuitError(error)"
    `);
  });

  it('finds other pairs', () => {
    const asyncRetry = opossum.replace("pRetry from 'p-retry'", "retry from 'async-retry'");
    const required =
      "const pRetry = require('p-retry'); const { circuitBreaker } = require('cockatiel');";
    const found = coded(
      `${asyncRetry}retry(async () => { await pause(); return breaker.fire(1); });`,
      `${required}
const breaker = circuitBreaker(all); pRetry(async function () { return breaker.execute(f); });`,
      `${cockatiel}wrap(retry(handleAll, options), timeout(9), breaker);`,
    );
    expect(found.match(/call-\d/g)).toEqual([
      'call-0',
      'call-0',
      'call-1',
      'call-1',
      'call-2',
      'call-2',
    ]);
  });

  it('is content where the breaker stands outside, or the retry chooses', () => {
    const found = coded(
      `${cockatiel}wrap(breaker, retry(handleAll, { maxAttempts: 3 }));`,
      `${cockatiel}wrap(retry(handleWhen((error) => !isBrokenCircuitError(error))), breaker);`,
      `${cockatiel}wrap(retry(handleAll, { maxAttempts: 0 }), breaker);`,
      `${cockatiel}wrap(retry(handleAll, {}), timeout(9));`,
      `${cockatiel}wrap(breaker, timeout(9));`,
      `${opossum}pRetry(() => breaker.fire(), { shouldRetry: ({ error }) => error.code !== 'X' });`,
      `${opossum}pRetry(() => breaker.fire(), { ...options });`,
      `${opossum}pRetry(() => breaker.fire(), options);`,
      `${opossum}pRetry(async () => { if (breaker.opened) throw new AbortError(); await breaker.fire(); });`,
      `${opossum}breaker.fallback(() => 0); pRetry(() => breaker.fire());`,
      `${opossum}pRetry(() => other.fire());`,
      `${opossum}pRetry(() => breaker.close());`,
      `${opossum}pRetry(charge);`,
      `${opossum.replace("'opossum'", "'own'")}pRetry(() => breaker.fire());`,
      `${opossum.replace("'p-retry'", "'own'")}pRetry(() => breaker.fire());`,
      `${opossum}let again = breaker; again = other; pRetry(() => again.fire());`,
    );
    expect(found).toBe('');
  });
});
