import { stream } from '@seaworthy/policy/engine';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { exponential } from '../../model/chance/ziggurat.ts';
import { Sampler, NS_PER_MS } from '../../model/chance/sampler.ts';
import type { Model } from '../../model/model.ts';
import { readModel } from '../../model/read.ts';
import type { LoadReading } from '../../rehearse/load/load.ts';
import { LoadMeter } from '../../rehearse/load/measure/meter.ts';
import { EdgeMeter } from '../../rehearse/proxy/measure/edge-meter.ts';
import type { EdgeReading } from '../../rehearse/proxy/measure/reading.ts';
import type { BatteryRun } from '../../rehearse/trials/battery.ts';
import { measuredSystem } from '../../rehearse/trials/measured.ts';
import type { RanTrial } from '../../rehearse/trials/trial.ts';
import { Histogram } from '../../signals/histogram.ts';
import { measuredModelText } from './model-file.ts';

const settings = { seed: 1, deadlineMs: 1000, forMs: 2000, recoverMs: 5000, from: 10, most: 1e4 };
const samples = 1000;
const draws = 20_000;

function exponentials(mean: number, purpose: string): Histogram {
  const chance = stream(1, 'times', purpose);
  const histogram = new Histogram();
  for (let count = 0; count < samples; count++) histogram.record(mean * exponential(chance));
  return histogram;
}

function reading(parts: Partial<LoadReading>): LoadReading {
  const calm = { busyShare: 0, longestTurnMs: 0, starvedShare: 0 };
  return { ...new LoadMeter().read(1000), ...calm, offered: samples, ...parts };
}

function edge(parts: Partial<EdgeReading>): EdgeReading {
  return { ...new EdgeMeter(0).read(1000), ...parts };
}

/** A while in which the only dependency was silent. */
function silenceOf(tasks: LoadReading, seen: EdgeReading): RanTrial {
  return {
    name: 'blackhole',
    aim: 'dependency',
    on: 'database',
    what: '',
    status: 'ran',
    before: [],
    during: [{ fromMs: 0, toMs: 1000, tasks, edges: [seen] }],
    after: [],
    beganMs: 0,
    overMs: 1000,
    touched: 400,
    touchedLeast: 1,
    unit: 'requests',
    crashed: undefined,
  };
}

/** A target that spends this, and calls one dependency so often. */
function batteryOf(own: number, call: number, calls: number, capacity: number): BatteryRun {
  const calleeTime = exponentials(call, 'callee');
  const serviceTime = new Histogram();
  const chance = stream(1, 'times', 'own');
  for (let count = 0; count < samples; count++) {
    serviceTime.record(own * exponential(chance) + calls * call);
  }
  const tasks = reading({ succeeded: samples, serviceTime, latency: serviceTime });
  return {
    target: 'target',
    dependencies: calls === 0 ? [] : ['database'],
    settings,
    status: 'complete',
    knee: { kind: 'found', at: capacity, low: capacity, high: capacity, settled: true },
    steps: [],
    calm: {
      ratePerSecond: capacity / 2,
      forMs: 2000,
      tasks,
      disturbed: false,
      edges: calls === 0 ? [] : [edge({ offered: samples * calls, calleeTime })],
    },
    trials: [],
  };
}

function modelOf(run: BatteryRun): Model {
  const text = measuredModelText(measuredSystem(run)!, 'a shop', 'seaworthy rehearse --target x');
  return readModel(text, 'seaworthy.yaml', {}).model;
}

/** What the steps of a service take on average, by drawing them. */
function meanMs(services: Model['services'], index: number): number {
  let sum = 0;
  for (const step of services[index]!.steps) {
    if (step.kind === 'call') sum += step.probability * meanMs(services, 1);
    if (step.kind !== 'wait') continue;
    const sampler = new Sampler(step.time, stream(1, 'drawn', `step ${index}`));
    for (let count = 0; count < draws; count++) sum += sampler.next() / NS_PER_MS / draws;
  }
  return sum;
}

describe('the file with what was measured', () => {
  it('is a model that carries what the target carried', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 100, noNaN: true }),
        fc.double({ min: 1, max: 50, noNaN: true }),
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 1, max: 50 }),
        (own, call, calls, slots) => {
          const capacity = (slots / (own + calls * call)) * 1000;
          const model = modelOf(batteryOf(own, call, calls, capacity));
          const { concurrency } = model.services[0]!.replicas[0]!;
          expect(Math.abs(concurrency - slots)).toBeLessThanOrEqual(0.15 * slots + 1);
          const carries = (concurrency / meanMs(model.services, 0)) * 1000;
          expect(Math.abs(carries / capacity - 1)).toBeLessThan(0.15);
        },
      ),
      { numRuns: 8 },
    );
  });

  it('has the timeout, the attempts and the limit that silence has shown', () => {
    const latencyFailed = new Histogram();
    latencyFailed.recordMany(300, 200);
    const failed = { error: 200 };
    const tasks = reading({ offered: 200, failed, latencyFailed, inFlightMax: 60 });
    const silence = silenceOf(tasks, edge({ offered: 400, inFlightMax: 20 }));
    const model = modelOf({ ...batteryOf(10, 10, 1, 500), trials: [silence] });
    const { policy } = model.edges.find(({ name }) => name === 'target -> database')!;
    expect(policy).toMatchObject({
      timeoutMs: 150,
      retry: { attempts: 2 },
      limit: { concurrency: 20 },
    });
  });

  it.each([
    ['a pool that is full of silence holds the others back', 20 * 30, 20],
    ['calls that go on over one connection do not', 150 * 30, undefined],
  ])('without HTTP: %s', (_, bytesUpstream, concurrency) => {
    const run = batteryOf(10, 10, 0, 500);
    const turn = exponentials(10, 'turns');
    const calm = edge({ turn, bytesUpstream: samples * 30, connectionsMax: 20 });
    const tasks = reading({ offered: 200, failed: { timeout: 200 }, inFlightMax: 60 });
    const silence = silenceOf(tasks, edge({ bytesUpstream, connectionsMax: 20 }));
    const { edges, scenarios } = modelOf({
      ...run,
      dependencies: ['database'],
      calm: { ...run.calm!, edges: [calm] },
      trials: [silence],
    });
    const { policy } = edges.find(({ name }) => name === 'target -> database')!;
    expect(policy.limit?.concurrency).toBe(concurrency);
    // As much slower as in the battery.
    const [slow] = scenarios.find(({ name }) => name === 'slow-database')!.faults;
    expect(slow).toMatchObject({ kind: 'slow', factor: 1, addsMs: 100 });
  });

  it('claims nothing where nothing was seen', () => {
    const run = batteryOf(10, 10, 1, 500);
    expect(modelOf(run).edges.find(({ name }) => name === 'target -> database')?.policy).toEqual(
      readModel(
        'seaworthy: 1\nname: a\nservices: { b: { steps: [{ call: c }] }, c: {} }\n' +
          'traffic: { d: { to: b, rate: 1/s } }',
        'a.yaml',
        {},
      ).model.edges.find(({ name }) => name === 'b -> c')?.policy,
    );
    expect(measuredSystem({ ...run, knee: { kind: 'below', than: 10 } })).toBeUndefined();
  });
});
