import { createServer, type RequestListener } from 'node:http';

import { systemClock } from '@seaworthy/policy/engine';
import { afterEach, describe, expect, it } from 'vitest';

import { pause, Rig } from '../proxy/testing/rig.ts';
import { startLoad } from './load.ts';
import type { LoadPlan } from './plan.ts';

const rig = new Rig();
afterEach(() => rig.stop());

async function planFor(answer: RequestListener, plan: Partial<LoadPlan> = {}): Promise<LoadPlan> {
  const port = await rig.listen(createServer(answer));
  return {
    target: `http://127.0.0.1:${port}`,
    requests: [{ method: 'GET', path: '/', headers: {}, body: undefined, weight: 1 }],
    source: 'users',
    seed: 1,
    arrivals: {
      kind: 'open',
      spacing: 'poisson',
      shape: [{ atMs: 0, perSecond: 500, overMs: 0 }],
      bursts: [],
    },
    durationMs: 200,
    timeoutMs: 2000,
    maxConnections: 100,
    ...plan,
  };
}

describe('a load', () => {
  it('sends what arrives, and says what became of it', async () => {
    let served = 0;
    const plan = await planFor((_, response) => {
      served++;
      response.end('fine');
    });
    const run = await startLoad(plan, { clock: systemClock });
    await pause(210);
    const reading = await run.stop(2000);
    expect(reading.offered).toBeGreaterThan(50);
    expect(reading).toMatchObject({
      offered: served,
      succeeded: served,
      failed: {},
      late: {},
      unfinished: 0,
      statuses: { 200: served },
    });
    expect(reading.latency.count).toBe(served);
    expect(reading.latency.sum).toBeGreaterThanOrEqual(reading.serviceTime.sum);
  });
});
