import { describe, expect, it } from 'vitest';

import { readModel } from '../../model/read.ts';
import type { Run } from '../../signals/run.ts';
import { simulate } from '../simulate.ts';

/** A caller that stands still for longer than its timeout, before a callee that is quick. */
function shop(calls: string, pause: string): Run {
  const text = `
seaworthy: 1
name: shop
run: { for: 120s }
services:
  web: { ${pause} steps: [{ call: stock }] }
  stock: { steps: [{ wait: { exponential: 20ms } }] }
calls:
  web -> stock: { timeout: 200ms, ${calls} }
traffic: { shoppers: { to: web, rate: 200/s } }`;
  const { model } = readModel(text, 'shop.yaml', {});
  return simulate(model, { scenario: undefined, seed: 1, replication: 0 });
}

const collects = 'pauses: [{ every: 5s, for: 250ms }],';
const touchy = 'breaker: { consecutive: 2, open: 10s }';

function totals(run: Run): { failed: Record<string, number>; opened: number; limit: number } {
  const failed: Record<string, number> = {};
  for (const { edges } of run.intervals) {
    for (const [reason, count] of Object.entries(edges[1]!.attemptsFailed)) {
      failed[reason] = (failed[reason] ?? 0) + count;
    }
  }
  const opened = run.events.filter(({ kind }) => kind === 'breaker-opened').length;
  return { failed, opened, limit: run.intervals.at(-1)!.edges[1]!.limit };
}

describe('a caller that stands still for longer than its timeout', () => {
  it('does not hold its own pauses against the callee', () => {
    const { failed, opened } = totals(shop(touchy, collects));
    // Each pause ends the attempts that were in flight when it began, four on average.
    expect(failed['lag']).toBeGreaterThan(30);
    expect(failed['timeout'] ?? 0).toBeLessThan(failed['lag']! / 20);
    expect(opened).toBe(0);
  });

  it('holds against it what it does itself', () => {
    const { failed, opened } = totals(shop(`${touchy}, network: { latency: 150ms }`, ''));
    expect(failed['lag'] ?? 0).toBe(0);
    expect(failed['timeout']).toBeGreaterThan(5);
    expect(opened).toBeGreaterThan(3);
  });

  it('tries again, and answers', () => {
    const run = shop(`${touchy}, retry: 2`, collects);
    const lost = run.intervals.reduce((sum, { edges }) => sum + (edges[1]!.failed['lag'] ?? 0), 0);
    expect(lost).toBe(0);
  });

  it('does not shrink an adaptive limit', () => {
    const still = totals(shop('limit: adaptive', '')).limit;
    const { failed, limit } = totals(shop('limit: adaptive', collects));
    expect(failed['lag']).toBeGreaterThan(30);
    expect(limit).toBeGreaterThan(0.7 * still);
  });
});
