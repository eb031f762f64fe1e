import { createServer } from 'node:http';

import { type Clock, systemClock } from '@seaworthy/policy/engine';
import { VirtualClock } from '@seaworthy/policy/testing';
import { afterEach, describe, expect, it } from 'vitest';

import { eventually, Rig } from '../proxy/testing/rig.ts';
import { Generator } from './generator.ts';
import type { LoadPlan } from './plan.ts';
import { nextTurn } from './system.ts';
import { at, planTo } from './testing/plan.ts';

const rig = new Rig();
afterEach(() => rig.stop());

function generatorFor(plan: LoadPlan, port: number, clock: Clock, startMs: number): Generator {
  return new Generator(plan, {
    clock,
    turns: { nextTurn, nap: () => undefined },
    endpoint: { host: '127.0.0.1', port, tls: undefined },
    part: { index: 0, count: 1 },
    startMs,
  });
}

/** A generator that stood still for as long as it should have worked, and what was served. */
async function standingStill(forMs: number, settings: Partial<LoadPlan>) {
  const served = { count: 0 };
  const port = await rig.listen(
    createServer((_, response) => {
      served.count++;
      response.end();
    }),
  );
  const startMs = systemClock.now() - forMs;
  return { generator: generatorFor(planTo(port, settings), port, systemClock, startMs), served };
}

it('calls an arrival late that found no connection in time, and never sends it', async () => {
  let served = 0;
  const port = await rig.listen(createServer(() => void served++));
  const plan = planTo(port, { arrivals: at([0, 0, 0]), maxConnections: 1, timeoutMs: 100 });
  // The sockets are real, and time stands still until one of the arrivals is served.
  const clock = new VirtualClock();
  const generator = generatorFor(plan, port, clock, clock.now());
  await eventually(() => served === 1);
  clock.advanceTo(clock.now() + 100);
  const reading = await generator.stop(0);
  expect(reading).toMatchObject({
    offered: 3,
    failed: { timeout: 1 },
    problems: { 'no answer in time': 1 },
    late: { 'all connections busy': 2 },
    unfinished: 0,
  });
  expect(reading.latencyFailed.max).toBe(100);
  await eventually(() => rig.served === 0);
  expect(served).toBe(1);
});

describe('a generator that is behind', () => {
  it('sends what is not too late, and counts from the intended start', async () => {
    const arrivals = at([0, 100, 200]);
    const { generator, served } = await standingStill(10_000, { arrivals });
    await eventually(() => served.count === 3);
    const reading = await generator.stop(10_000);
    expect(reading).toMatchObject({ offered: 3, succeeded: 3, late: {} });
    expect(reading.latency.min).toBeGreaterThan(9799);
    expect(reading.lateness.min).toBeGreaterThan(9799);
  });

  it('does not send what is too late, and says so', async () => {
    const plan = { arrivals: at([0, 100, 40_000]), timeoutMs: 31_000 };
    const { generator, served } = await standingStill(40_001, plan);
    await eventually(() => served.count === 1);
    expect(await generator.stop(10_000)).toMatchObject({
      offered: 3,
      succeeded: 1,
      failed: {},
      late: { 'the generator was behind': 2 },
    });
  });

  it('says what it has not come to when it is stopped', async () => {
    const arrivals = at([0, 100, 200, 10_000, 20_000]);
    const { generator, served } = await standingStill(15_000, { arrivals, durationMs: 10_000 });
    expect(await generator.stop(10_000)).toMatchObject({
      offered: 3,
      succeeded: 0,
      unfinished: 3,
      late: {},
    });
    expect(served.count).toBe(0);
  });
});
