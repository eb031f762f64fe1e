import { expect, it } from 'vitest';
import { Reason } from '../call/reason.ts';
import { PolicyError } from '../promise/policy-error.ts';
import { refusalOf } from './refusal.ts';

it('says the same in seconds and in milliseconds, wherever the dice fall', () => {
  const error = new PolicyError('server', Reason.queueFull);
  for (let refusal = 0; refusal < 50_000; refusal++) {
    const { headers } = refusalOf(error, 4000);
    const waitMs = Number(headers['retry-after-ms']);
    expect(headers['retry-after']).toBe(String(Math.ceil(waitMs / 1000)));
  }
});
