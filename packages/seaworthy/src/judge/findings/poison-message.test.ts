import { describe, expect, it } from 'vitest';

import { find, idsOf, suggested, trial } from '../testing/trial.ts';

function orders(queue: string, faults: string, worker: string = ''): string {
  return `
run: { for: 120s, warmUp: 5s }
services:
  shop: { steps: [{ publish: orders }] }
  worker: { steps: [{ wait: { exponential: 50ms } }${worker}] }
queues: { orders: { to: worker, consumers: 4, ${queue} } }
traffic: { users: { to: shop, rate: 60/s } }
scenarios: { first: [${faults}] }
`;
}

const poison = '{ at: 20s, for: 60s, poison: orders, share: 0.5% }';

describe('poison-message', () => {
  it('is found where a few messages eat the consumers, with what they cost', () => {
    const text = `${orders('requeue: front', poison)}\nobjectives: [orders p99 < 5s]\n`;
    const found = find(trial(text), 'poison-message');
    expect(found).toMatchObject({
      severity: 'critical',
      edges: ['orders -> worker'],
      services: ['worker'],
      toMs: 120_000,
    });
    expect(found!.fromMs).toBeGreaterThan(20_000);
    expect(found!.title).toMatch(/^poison messages in orders: \d\d % of the deliveries/);
    expect(found!.numbers[0]).toMatch(
      /^\d\d(\.\d)?\/s redeliveries .* of which (99\.\d|100) % failed/,
    );
    expect(found!.sustainingEffect).toContain('no delivery of it will ever succeed');
  });

  it('is found behind all others, too, where each costs a turn of the queue', () => {
    const many = poison.replace('0.5%', '3%');
    expect(idsOf(trial(orders('requeue: back', many)))).toContain('poison-message');
  });

  it('is gone with the dead letters that it suggests', () => {
    const change = suggested(find(trial(orders('requeue: front', poison)), 'poison-message'));
    expect(change).toEqual({ path: 'queues.orders.deliveries', value: 5 });
    const after = trial(orders(`requeue: front, deliveries: ${Number(change!.value)}`, poison));
    expect(idsOf(after)).not.toContain('poison-message');
  });

  it.each([
    ['the consumers fail', 'requeue: front', '{ at: 20s, fail: worker }', ''],
    ['the consumers fail for a while', '', '{ at: 20s, for: 30s, fail: orders -> worker }', ''],
    ['every delivery may fail', 'requeue: front', '', ', { fail: 20% }'],
    ['all messages fail', 'deliveries: 20', '', ', { fail: 100% }'],
    ['the work takes longer than the visibility', 'visibility: 20ms', '', ''],
    ['poison waits long enough', 'backoff: { base: 10s, cap: 1m }', poison, ''],
  ])('is not found where %s', (_, queue, faults, worker) => {
    expect(idsOf(trial(orders(queue, faults, worker)))).not.toContain('poison-message');
  });
});
