import { createServer } from 'node:http';

import { systemClock } from '@seaworthy/policy/engine';
import { afterEach, describe, expect, it } from 'vitest';

import { Histogram } from '../../signals/histogram.ts';
import { eventually, Rig } from '../proxy/testing/rig.ts';
import { startLoad } from './load.ts';
import { get, open, planTo } from './testing/plan.ts';

const rig = new Rig();
afterEach(() => rig.stop());

const perSecond = 400;
const stall = { fromMs: 200, forMs: 300 };
const arrivals = 239;

/** A number in each request, so that the server knows which arrival it is. */
const requests = [get('/{{number}}')];
const rows = Array.from({ length: arrivals }, (_, number) => ({ number: `${number}` }));

describe('a server that stalls', () => {
  it('is waited for by all who come meanwhile, however few connections there are', async () => {
    /** From the intended start of each to its answer, as the method of wrk2 has it. */
    const corrected = new Histogram();
    let startMs = Infinity;
    const answer = (number: number, end: () => void): void => {
      const intendedMs = startMs + ((number + 1) / perSecond) * 1000;
      corrected.record(systemClock.now() - intendedMs);
      end();
    };
    const port = await rig.listen(
      createServer(({ url }, response) => {
        const sinceMs = systemClock.now() - startMs - stall.fromMs;
        const reply = (): void => answer(Number(url!.slice(1)), () => response.end());
        if (sinceMs < 0 || sinceMs >= stall.forMs) reply();
        else systemClock.after(stall.forMs - sinceMs, reply);
      }),
    );
    const plan = planTo(port, {
      requests,
      rows,
      arrivals: open(perSecond, 'constant'),
      durationMs: 600,
      maxConnections: 2,
    });
    const run = await startLoad(plan, { clock: systemClock, threads: 0 });
    startMs = run.startMs;
    await eventually(() => corrected.count === arrivals);
    const { latency, serviceTime } = await run.stop(1000);

    expect(latency.count).toBe(arrivals);
    for (const quantile of [0.25, 0.5, 0.75, 0.9]) {
      const [ours, theirs] = [latency.quantile(quantile), corrected.quantile(quantile)];
      // The answer is read after it was sent; buckets are 0.8 % wide.
      expect(ours).toBeGreaterThan(theirs * 0.99);
      expect(ours).toBeLessThan(theirs * 1.01 + 50);
    }
    // Those who came in the first 200 ms of the stall; and of these all but two were not yet sent.
    expect(latency.countAbove(95)).toBeGreaterThanOrEqual(80);
    expect(serviceTime.countAbove(95)).toBeLessThan(40);
    expect(serviceTime.max).toBeGreaterThan(95);
  });
});
