import { expect, it } from 'vitest';

import { readModel } from '../../model/read.ts';
import { intervalToJson } from '../../signals/interval-json.ts';
import { simulate } from '../simulate.ts';
import { fromPortable, toPortable } from './portable.ts';

const { model } = readModel(
  `
seaworthy: 1
name: shop
run: { for: 30s }
services:
  web: { concurrency: 4, steps: [{ wait: { exponential: 20ms } }, { call: payments }] }
  payments: { concurrency: 4, steps: [{ wait: { exponential: 30ms } }] }
calls:
  web -> payments: { timeout: 100ms, retry: 2 }
traffic:
  shoppers: { to: web, rate: 60/s }
`,
  'shop.yaml',
  {},
);

it('keeps a run as it is on the way between threads', () => {
  const run = simulate(model, { scenario: undefined, seed: 1, replication: 0 });
  const arrived = fromPortable(structuredClone(toPortable(run)));
  expect(arrived.intervals.map(intervalToJson)).toEqual(run.intervals.map(intervalToJson));
  expect({ ...arrived, intervals: [] }).toEqual({ ...run, intervals: [] });
  const answered = run.intervals.map(({ edges }) => edges[0]!.latency.count);
  expect(Math.min(...answered)).toBeGreaterThan(0);
});
