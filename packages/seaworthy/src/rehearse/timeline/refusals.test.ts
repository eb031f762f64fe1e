import { expect, it } from 'vitest';

import type { Model } from '../../model/model.ts';
import { readModel } from '../../model/read.ts';
import { notSentAgain } from './refusals.ts';

function shop(policy: string): Model {
  const text = `
seaworthy: 1
name: shop
services: { web: { steps: [{ call: bank }] }, bank: {} }
calls: { shoppers -> web: { ${policy} }, web -> bank: { retry: { attempts: 3 } } }
traffic: { shoppers: { to: web, rate: 1/s } }
`;
  return readModel(text, 'shop.yaml', {}).model;
}

it.each([
  ['retry', 'timeout: 1s, retry: { attempts: 2 }'],
  ['breaker', 'breaker: { failures: 50%, of: 20, within: 10s, open: 5s }'],
  ['limit', 'limit: { concurrency: 5 }'],
])('refuses the %s of a source: the load sends each request once', (word, policy) => {
  expect(notSentAgain(shop(policy))).toMatchObject({
    path: ['calls', 'shoppers -> web', word],
    message: expect.stringContaining('only deadline and timeout are played'),
  });
});

it('refuses nothing of a source that only gives up, nor the policies of services', () => {
  expect(notSentAgain(shop('timeout: 1s, deadline: 2s'))).toBeUndefined();
});
