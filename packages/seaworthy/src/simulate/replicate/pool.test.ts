import { describe, expect, it, onTestFinished } from 'vitest';

// Built: worker threads run files, and Node runs no TypeScript.
import { ReplicationPool, seedMax } from '../../../dist/simulate/replicate/pool.js';
import { intervalToJson } from '../../signals/interval-json.ts';
import { toPortable } from '../../../dist/simulate/replicate/portable.js';
import { ReplicationError } from '../../../dist/simulate/replicate/thread.js';
import { readModel } from '../../model/read.ts';
import type { Model } from '../../model/model.ts';
import type { Sample } from '../../signals/sample.ts';

const { model } = readModel(
  `
seaworthy: 1
name: shop
run: { for: 20s }
services:
  web: { concurrency: 4, steps: [{ wait: { exponential: 20ms } }, { call: payments }] }
  payments: { concurrency: 4, steps: [{ wait: { exponential: 30ms } }] }
calls:
  web -> payments: { timeout: 100ms, retry: 2, breaker: { failures: 50%, open: 1s } }
traffic:
  shoppers: { to: web, rate: 60/s }
`,
  'shop.yaml',
  {},
);

function poolOf(size: number): ReplicationPool {
  const pool = new ReplicationPool(size);
  onTestFinished(() => pool.close());
  return pool;
}

const work = { model, scenario: undefined, seed: 7, count: 3 };

describe('ReplicationPool', () => {
  it('gives the same runs in the same order, however many workers there are', async () => {
    const alone = await poolOf(1).run(work);
    const together = await poolOf(3).run(work);
    expect(alone.map((run) => run.header.seed)).toEqual([7, 8, 9]);
    expect(together.map(toPortable)).toEqual(alone.map(toPortable));
  });

  it('runs a replication again from its seed alone', async () => {
    const pool = poolOf(2);
    const [, , third] = await pool.run(work);
    const [again] = await pool.run({ ...work, seed: 9, count: 1 });
    expect(again?.header.replication).toBe(0);
    expect(again?.intervals).toBeDefined();
    expect(again!.intervals.map(intervalToJson)).toEqual(third!.intervals.map(intervalToJson));
    expect(again?.events).toEqual(third?.events);
  });

  it('goes on from 0 after the largest seed', async () => {
    const runs = await poolOf(1).run({ ...work, seed: seedMax, count: 2 });
    expect(runs.map((run) => run.header.seed)).toEqual([seedMax, 0]);
  });

  it('tells of every interval of every replication', async () => {
    const samples: [number, Sample][] = [];
    await poolOf(2).run({
      ...work,
      onSample: (replication, sample) => samples.push([replication, sample]),
    });
    const ends = samples.filter(([, sample]) => sample.atMs === 20_000);
    expect(new Set(ends.map(([replication]) => replication))).toEqual(new Set([0, 1, 2]));
    expect(samples).toHaveLength(60);
  });

  it('keeps what there is when it is interrupted, and begins nothing new', async () => {
    const pool = poolOf(1);
    const endless: Model = { ...model, run: { ...model.run, forMs: 1e9 } };
    const runs = await pool.run({ ...work, model: endless, onSample: () => pool.interrupt() });
    expect(runs.map((run) => run.header.status)).toEqual(['interrupted']);
    expect(runs[0]?.intervals.length).toBeGreaterThan(0);
  });

  it('names the seed of a replication that the engine could not run', async () => {
    const broken = { ...model, services: [] };
    const failure = await poolOf(1)
      .run({ ...work, model: broken })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ReplicationError);
    expect(failure).toMatchObject({ seed: 7, blame: 'engine' });
  });

  it('blames the model where virtual time stands still', async () => {
    const think = { kind: 'constant', valueMs: 0 } as const;
    const restless: Model = {
      ...model,
      services: model.services.map((service) => ({ ...service, steps: [] })),
      sources: model.sources.map((source) => ({
        ...source,
        arrivals: { kind: 'closed', users: 1, tasks: Infinity, think },
      })),
    };
    const run = poolOf(1).run({ ...work, model: restless });
    await expect(run).rejects.toMatchObject({ blame: 'model' });
  });
});
