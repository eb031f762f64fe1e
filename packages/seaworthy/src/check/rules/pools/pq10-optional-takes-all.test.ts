import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { pq10 } from './pq10-optional-takes-all.ts';

/** 20/s for a replica of web with 64 slots, which are full after 3.2 s. */
function advertised(
  policy: string,
  more: { steps?: string; rate?: string; slots?: number } = {},
): string {
  const steps = more.steps ?? '{ call: { to: ads, optional: true } }, { call: payments }';
  return messages(
    pq10,
    modelLandscape(`seaworthy: 1
name: one
services:
  web: { replicas: 2, concurrency: ${more.slots ?? 64}, steps: [${steps}] }
  payments: { steps: [{ wait: 5ms }] }
  ads: { steps: [{ wait: 5ms }] }
calls:
  web -> ads: ${policy}
traffic: { people: { to: web, ${more.rate ?? 'rate: 40/s'} } }
`),
  );
}

describe('PQ10', () => {
  it('finds an optional callee that takes all slots', () => {
    expect(advertised('{ timeout: 5s }')).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:26 high PQ10
      web -> ads: when ads hangs, which web can do without, all 64 slots of a replica wait for
      it after 3.2 s, and none is left for payments
        slots of a replica of web: 64 (seaworthy.yaml:4)
        calls of a replica over web -> ads: 20/s (seaworthy.yaml:9)
        timeout of an attempt of web -> ads: 5 s (seaworthy.yaml:8)
      passes: a limit below 64 on the edge, or 3200 ms for all of a call"
    `);
  });

  it('is content with a short timeout, and with a limit of its own', () => {
    expect(advertised('{ timeout: 3200ms }')).toBe('');
    expect(advertised('{ timeout: 3201ms }')).toContain('PQ10');
    expect(advertised('{ timeout: 5s, limit: 63 }')).toBe('');
    expect(advertised('{ timeout: 5s, limit: 64 }')).toContain('PQ10');
  });

  it('leaves a callee that is needed, and what is full at once, to RT09', () => {
    expect(advertised('{ timeout: 5s }', { steps: '{ call: ads }, { call: payments }' })).toBe('');
    expect(advertised('{ timeout: 5s }', { steps: '{ call: { to: ads, optional: true } }' })).toBe(
      '',
    );
    expect(advertised('{ timeout: 5s }', { rate: 'rate: 43/s' })).toBe('');
    expect(advertised('{ timeout: 5s }', { rate: 'rate: 42/s' })).toContain('PQ10');
  });

  it('tells the edge by both of its ends, and 3 s from less', () => {
    const steps = '{ call: payments }, { call: { to: ads, optional: true } }';
    expect(advertised('{ timeout: 5s }', { steps })).toContain('web -> ads: when ads hangs');
    expect(advertised('{ timeout: 5s }', { slots: 60 })).toContain('after 3 s');
  });

  it('finds it among branches, once', () => {
    const twice = '{ call: { to: ads, optional: true } }';
    const steps = `{ together: [${twice}, { call: payments }] }, ${twice}`;
    expect(
      advertised('{ timeout: 5s }', { steps, rate: 'rate: 20/s' }).match(/PQ10/g),
    ).toHaveLength(1);
  });

  it('says what it lacks', () => {
    expect(advertised('{ timeout: 5s }', { rate: 'users: 10, think: 1s' })).toBe(
      'web -> ads lacks how many calls a second go over it: traces, or a seaworthy.yaml',
    );
  });
});
