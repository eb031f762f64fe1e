import { describe, expect, it } from 'vitest';

import { ModelError } from '../problem.ts';
import { readModel } from '../read.ts';
import { EditError } from './apply.ts';
import type { FileEdit } from './file-edit.ts';

const text = `
seaworthy: 1
name: shop
services:
  web: { concurrency: 8, steps: [{ wait: 1ms }, { call: store }] }
  store: { steps: [{ wait: 5ms }] }
calls:
  web -> store: { timeout: 1s, retry: 3, limit: 20 }
traffic: { users: { to: web, rate: 10/s } }
environments:
  production:
    services: { web: { concurrency: 64 } }
    calls: { web -> store: { timeout: 2s, limit: null } }
`;

const call = ['calls', 'web -> store'];

function edit(edits: readonly FileEdit[], environment?: string) {
  const options = environment === undefined ? {} : { environment };
  return readModel(text, 'shop.yaml', options).edit(edits);
}

function policyOf(edits: readonly FileEdit[], environment?: string) {
  const { edges } = edit(edits, environment).model;
  return edges.find((edge) => edge.name === 'web -> store')?.policy;
}

describe('edit', () => {
  it('replaces a value, and says which', () => {
    const edits = [{ path: [...call, 'timeout'], value: '400ms' }];
    expect(policyOf(edits)?.timeoutMs).toBe(400);
    expect(edit(edits).difference).toEqual([
      ' calls:',
      '   web -> store:',
      '-    timeout: 1s',
      '+    timeout: 400ms',
    ]);
  });

  it('puts a map where a single value stood for it', () => {
    const edits = [{ path: [...call, 'retry', 'budget'], value: { share: '10%', floor: '1/s' } }];
    expect(policyOf(edits)?.retry).toMatchObject({ attempts: 3, budget: { share: 0.1 } });
    expect(edit(edits).difference.slice(2)).toEqual([
      '-    retry: 3',
      '+    retry: { attempts: 3, budget: { share: 10%, floor: 1/s } }',
    ]);
  });

  it('puts a map where a word stood for all of its defaults', () => {
    const adaptive = { path: [...call, 'limit'], value: 'adaptive' };
    const max = { path: [...call, 'limit', 'concurrency', 'max'], value: 50 };
    const limit = { concurrency: { min: 1, max: 50, initial: 20 } };
    expect(policyOf([adaptive, max])?.limit).toMatchObject(limit);
    const throttle = { path: [...call, 'throttle'], value: true };
    const k = { path: [...call, 'throttle', 'k'], value: 3 };
    expect(policyOf([throttle, k])?.throttle).toMatchObject({ k: 3, shareMax: 0.9 });
  });

  it('leaves a single value a single value', () => {
    const edits = [{ path: [...call, 'limit', 'concurrency'], value: 30 }];
    expect(policyOf(edits)?.limit?.concurrency).toBe(30);
    expect(edit(edits).difference.slice(2)).toEqual(['-    limit: 20', '+    limit: 30']);
  });

  it('writes what is not there yet, as short as it can be said', () => {
    const edits = [
      { path: ['calls', 'users -> web', 'limit', 'concurrency'], value: 5 },
      { path: ['services', 'store', 'queue', 'limit'], value: 7 },
    ];
    expect(edit(edits).difference).toEqual([
      ' services:',
      '   store:',
      '+    queue: { limit: 7 }',
      ' calls:',
      '+  users -> web:',
      '+    limit: 5',
    ]);
    expect(edit(edits).model.services[1]?.queue.limit).toBe(7);
  });

  it('takes a key away', () => {
    const edits = [{ path: [...call, 'retry'], value: null }];
    expect(policyOf(edits)?.retry).toBeUndefined();
    expect(edit(edits).difference.at(-1)).toBe('-    retry: 3');
  });

  it('reaches into lists', () => {
    const edits = [{ path: ['services', 'web', 'steps', 0, 'wait'], value: '2ms' }];
    expect(edit(edits).model.services[0]?.steps[0]).toMatchObject({ time: { valueMs: 2 } });
  });

  it('changes the overlay where that decides, and the file where it does not', () => {
    const timeout = [{ path: [...call, 'timeout'], value: '3s' }];
    expect(policyOf(timeout, 'production')?.timeoutMs).toBe(3000);
    expect(edit(timeout, 'production').difference).toEqual([
      ' environments:',
      '   production:',
      '     calls:',
      '       web -> store:',
      '-        timeout: 2s',
      '+        timeout: 3s',
    ]);
    const attempts = [{ path: [...call, 'retry', 'attempts'], value: 2 }];
    expect(policyOf(attempts, 'production')?.retry?.attempts).toBe(2);
    expect(edit(attempts, 'production').difference.slice(2)).toEqual([
      '-    retry: 3',
      '+    retry: 2',
    ]);
    const limit = [{ path: [...call, 'limit', 'concurrency'], value: 9 }];
    expect(policyOf(limit, 'production')?.limit?.concurrency).toBe(9);
  });

  it('changes nothing but the environment where that is wanted', () => {
    const read = readModel(text, 'shop.yaml', { environment: 'production' });
    const changed = read.edit(
      [
        { path: [...call, 'retry'], value: null },
        { path: ['services', 'store', 'queue', 'limit'], value: 5 },
      ],
      'environment',
    );
    expect(changed.difference).toEqual([
      ' environments:',
      '   production:',
      '     services:',
      '+      store: { queue: { limit: 5 } }',
      '     calls:',
      '       web -> store:',
      '+        retry: null',
    ]);
    const policy = changed.model.edges.find(({ name }) => name === 'web -> store')?.policy;
    expect([policy?.retry, policy?.timeoutMs]).toEqual([undefined, 2000]);
  });

  it('is read like the file, with all of its checks', () => {
    expect(() => edit([{ path: [...call, 'timeout'], value: '400' }])).toThrow(ModelError);
    expect(() => edit([{ path: [...call, 'time'], value: '4s' }])).toThrow(ModelError);
    expect(() => edit([{ path: ['calls', 'store -> web', 'timeout'], value: '4s' }])).toThrow(
      ModelError,
    );
  });

  it('refuses what there is no place for', () => {
    expect(() => edit([{ path: [...call, 'timeout', 'share'], value: 1 }])).toThrow(EditError);
    expect(() => edit([{ path: [...call, 'breaker'], value: null }])).toThrow(EditError);
    expect(() => edit([{ path: ['services', 'web', 'steps', 5, 'wait'], value: '1s' }])).toThrow(
      EditError,
    );
  });

  it('shows what does not fit on a line on several', () => {
    const steps = ['store', 'store'].map((to) => ({ call: { to, optional: true } }));
    const edits = [{ path: ['services', 'web', 'steps'], value: steps }];
    expect(edit(edits).difference).toEqual([
      ' services:',
      '   web:',
      '-    steps: [{ wait: 1ms }, { call: store }]',
      '+    steps:',
      '+      - { call: { to: store, optional: true } }',
      '+      - { call: { to: store, optional: true } }',
    ]);
  });
});
