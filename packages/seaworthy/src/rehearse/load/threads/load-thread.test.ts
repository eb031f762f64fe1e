import { createServer } from 'node:http';

import { systemClock } from '@seaworthy/policy/engine';
import { afterEach, describe, expect, it } from 'vitest';

// Built: worker threads run files, and Node runs no TypeScript.
import { startLoad } from '../../../../dist/rehearse/load/load.js';
import { eventually, Rig } from '../../proxy/testing/rig.ts';
import { get, open, planTo } from '../testing/plan.ts';

const rig = new Rig();
afterEach(() => rig.stop());

describe('a load made by threads', () => {
  it('is one load: each arrival is sent once', async () => {
    const seen: number[] = [];
    const port = await rig.listen(
      createServer(({ url }, response) => {
        seen.push(Number(url!.slice(1)));
        response.end();
      }),
    );
    const run = await startLoad(
      planTo(port, {
        requests: [get('/{{number}}')],
        rows: numbers(200),
        arrivals: open(1000, 'constant'),
        durationMs: 200,
      }),
      { clock: systemClock, threads: 2 },
    );
    await eventually(() => seen.length > 100);
    const first = await run.read();
    // One a millisecond, the first after one.
    await eventually(() => seen.length === 199);
    const last = await run.stop(5000);
    expect(first.offered + last.offered).toBe(seen.length);
    expect(first.succeeded + last.succeeded).toBe(seen.length);
    expect(seen.toSorted((a, b) => a - b)).toEqual(seen.map((_, index) => index));
    expect(last).toMatchObject({ unfinished: 0, failed: {}, problems: {}, connections: 0 });
    expect(first.latency.count + last.latency.count).toBe(seen.length);
    expect(last.fromMs).toBeGreaterThanOrEqual(first.fromMs);
  });

  it('refuses a plan that cannot be carried out, before a thread starts', async () => {
    const plan = planTo(80, { requests: [] });
    const started = startLoad(plan, { clock: systemClock, threads: 1 });
    await expect(started).rejects.toThrow('a load needs at least one request');
  });
});

function numbers(count: number): readonly { readonly number: string }[] {
  return Array.from({ length: count }, (_, index) => ({ number: `${index}` }));
}
