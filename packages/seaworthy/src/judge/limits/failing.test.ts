import { describe, expect, it } from 'vitest';

import { readModel } from '../../model/read.ts';
import { settleMs } from '../../model/settle.ts';
import { Campaign } from './campaign.ts';
import { leaveOutFailing } from './failing.ts';
import { loadAxis } from './load.ts';
import { type Probe, runProbe } from './probe.ts';

/** For two callers at a time, of whom one in ten takes 200 ms: 52/s at most. */
const slowTenth = 'wait: { mixture: [{ share: 90%, of: 20ms }, { share: 10%, of: 200ms }] }';

function desk(objectives: readonly string[], { rate = '20/s', step = slowTenth } = {}): string {
  return `seaworthy: 1
name: desk
services:
  desk: { concurrency: 2, queue: { limit: 100 }, steps: [{ ${step} }] }
traffic:
  callers: { to: desk, rate: ${rate} }
objectives: [${objectives.map((each) => `"${each}"`).join(', ')}]
`;
}

async function leaveOut(file: string) {
  const { model } = readModel(file, 'desk.yaml', {});
  const axis = loadAxis(model, undefined);
  const given = { model, axis, seed: 1, horizonMs: settleMs(model), weight: 1 };
  const run = (probe: Probe) => Promise.resolve(runProbe(probe, () => false));
  const campaign = new Campaign(given, { run, interrupted: false }, () => {});
  const failing = await leaveOutFailing(campaign, 10_000);
  return { failing, left: campaign.model.objectives.map(({ text }) => text), runs: campaign.runs };
}

describe('leaveOutFailing', () => {
  it('finds what less load does not help, and judges by the rest', async () => {
    const { failing, left } = await leaveOut(desk(['desk p95 < 150ms', 'desk p50 < 50ms']));
    expect(left).toEqual(['desk p50 < 50ms']);
    expect(failing.map(({ text }) => text)).toEqual(['desk p95 < 150ms']);
    const loads = failing[0]?.tried.map(({ load }) => load) ?? [];
    expect(loads).toEqual(loads.toSorted((a, b) => a - b));
    expect([loads[0], loads.at(-1)]).toEqual([20 / 4096, 20]);
    expect(failing[0]?.tried[0]?.observed).toBe('200 ms');
  });

  it('looks at what came after the first interval, however much came in that', () => {
    const { model } = readModel(desk(['desk p50 < 10ms']), 'desk.yaml', {});
    const question = { kind: 'standings', intervalMs: 10_000, requestsMax: 1 } as const;
    const result = runProbe({ model, seed: 1, horizonMs: 0, question }, () => false);
    expect(result?.simulatedMs).toBe(20_000);
    expect(result?.standings?.rules).toMatchObject([{ text: 'desk p50 < 10ms', fails: true }]);
  });

  it('leaves alone what fails of too much load, however much that is', async () => {
    const objectives = ['desk p50 < 50ms', 'desk success > 99%'];
    for (const [rate, runs] of [
      ['50/s', 1],
      ['20000/s', 2],
    ] as const) {
      const found = await leaveOut(desk(objectives, { rate }));
      expect({ rate, ...found }).toEqual({ rate, failing: [], left: objectives, runs });
    }
  });

  it('does not call a failure what had too few answers to tell', async () => {
    const step = 'wait: { mixture: [{ share: 99.9%, of: 20ms }, { share: 0.1%, of: 400ms }] }';
    const { failing, runs } = await leaveOut(desk(['desk p99.9 < 300ms'], { rate: '0.1/s', step }));
    expect({ failing, runs }).toEqual({ failing: [], runs: 1 });
  });

  it('measures a system that always fails some by those that it serves', async () => {
    const { failing, left } = await leaveOut(desk(['desk success > 99%'], { step: 'fail: 10%' }));
    expect(failing.map(({ text }) => text)).toEqual(['desk success > 99%']);
    expect(left).toEqual([expect.stringMatching(/^callers success > 8[56] %$/)]);
    const silent = await leaveOut(desk([], { step: 'fail: 10%' }));
    expect(silent.failing.map(({ text }) => text)).toEqual(['success > 95 %']);
    expect(silent.left).toHaveLength(1);
  });
});
