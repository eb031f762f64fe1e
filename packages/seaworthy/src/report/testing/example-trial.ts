import { command, exampleFindings } from './example-findings.ts';
import type { LatencyResult, Verdict } from '../../judge/verdict.ts';
import type { Distribution, Model, Scenario } from '../../model/model.ts';
import { Histogram } from '../../signals/histogram.ts';
import { edgeSample } from '../../signals/testing/samples.ts';
import type { Interval, Run } from '../../signals/run.ts';
import type { Trial } from '../trial.ts';

const nothing: Distribution = { kind: 'constant', valueMs: 0 };

const scenario: Scenario = {
  name: 'payments-brownout',
  faults: [
    {
      kind: 'slow',
      atMs: 60_000,
      forMs: 10_000,
      text: 'slow: payments, by: 10x',
      target: { kind: 'service', index: 1, replicas: undefined },
      factor: 10,
      addsMs: 0,
    },
  ],
};

const edge = { policy: {}, budgetShared: false, propagate: false, fallbacks: [] };
const network = { latency: nothing, loss: 0, connections: undefined, spells: undefined };

const model: Model = {
  name: 'shop',
  environment: 'production',
  services: [],
  queues: [],
  rows: [],
  sources: [
    {
      name: 'shoppers',
      edge: 0,
      clients: 1,
      criticality: [0, 0, 1, 0],
      arrivals: { kind: 'open', spacing: 'poisson', shape: [] },
      reload: undefined,
    },
  ],
  edges: [
    { ...edge, name: 'shoppers -> web', from: { kind: 'source', index: 0 }, to: 0, network },
    { ...edge, name: 'web -> payments', from: { kind: 'service', index: 0 }, to: 1, network },
    {
      ...edge,
      name: 'recommendations -> catalogue',
      from: { kind: 'service', index: 0 },
      to: 2,
      network,
    },
  ],
  scenarios: [scenario],
  objectives: [],
  expectations: [],
  limits: [],
  run: { forMs: undefined, warmUpMs: 10_000, replications: 5, seed: 1 },
};

/** Ten seconds each: calm for a minute, collapsed for the next, nothing answered at the end. */
function interval(index: number): Interval {
  const latency = new Histogram();
  const timeMs = index < 6 ? 50 : index < 12 ? 200 * index : undefined;
  if (timeMs !== undefined) latency.recordMany(timeMs, 100);
  const sample = edgeSample({
    offered: 3000,
    succeeded: latency.count,
    attempts: 3000,
    latency,
    inFlightMean: 1,
    inFlightMax: 1,
  });
  const fromMs = index * 10_000;
  return { fromMs, toMs: fromMs + 10_000, edges: [sample], services: [], queues: [], rows: [] };
}

export const exampleRun: Run = {
  header: {
    schema: 1,
    world: 'simulate',
    engineVersion: '1',
    model: { name: 'shop', hash: '3f5c', environment: 'production' },
    scenario: 'payments-brownout',
    seed: 3,
    replication: 2,
    durationMs: 180_000,
    warmUpMs: 10_000,
    intervalMs: 10_000,
    services: [],
    edges: ['shoppers -> web', 'web -> payments', 'recommendations -> catalogue'],
    sources: ['shoppers'],
    queues: [],
    rows: [],
    replicasOfService: [],
    status: 'complete',
  },
  intervals: Array.from({ length: 18 }, (_, index) => interval(index)),
  events: [],
  eventsDropped: 0,
};

const latency: LatencyResult = {
  samples: 12_345,
  mean: 310,
  p50: 52.3,
  p90: 1240,
  p99: 2310,
  p999: undefined,
  max: 2412,
};

const verdict: Verdict = {
  schema: 1,
  outcome: 'fail',
  sentence:
    'Collapsed at 61 s and had not recovered 110 s after the last fault ended: ' +
    'retries on web -> payments keep it overloaded.',
  objectives: [
    {
      text: 'web p99 < 500ms',
      outcome: 'fail',
      required: '< 500 ms',
      observed: '2.31 s',
      observedRange: '2.22 s to 2.41 s',
      margin: -3.62,
      failedReplications: 5,
      firstViolationMs: 61_000,
      note: undefined,
    },
    {
      text: 'web -> payments attempts < 1.2 from 60s to 90s',
      outcome: 'pass',
      required: '< 1.2',
      observed: '1.09',
      observedRange: '1.07 to 1.1',
      margin: 0.0917,
      failedReplications: 0,
      firstViolationMs: undefined,
      note: undefined,
    },
    {
      text: 'web success > 99.9%',
      outcome: 'inconclusive',
      required: '> 99.9 %',
      observed: '100 %',
      observedRange: undefined,
      margin: 1,
      failedReplications: 0,
      firstViolationMs: undefined,
      note: 'needs 3,000 samples and has 1,200: run for 421 s or longer',
    },
  ],
  findings: exampleFindings,
  traffic: [
    {
      source: 'shoppers',
      offeredPerSecond: 300.4,
      goodputPerSecond: 131.3,
      successShare: 0.412,
      fallbackShare: 0.031,
      failedShare: 0.557,
      rejectedShare: 0,
      latency,
      classes: [],
    },
  ],
  queues: [],
  rows: [],
  edges: [
    {
      edge: 'web -> payments',
      offeredPerSecond: 301,
      successShare: 0.993,
      attemptSuccessShare: 0.401,
      attemptsPerTask: 2.31,
      latency,
      waitP99Ms: 120,
      rejectedShare: 0.12,
      fallbackShare: 0.03,
      fallback: { reasons: [{ reason: 'timeout', share: 1 }], links: [1], normalMs: 0 },
      breakerOpenShare: 0.4,
      inFlightMax: 60,
      limit: 60,
      cache: undefined,
      notable: true,
    },
    {
      edge: 'recommendations -> catalogue',
      offeredPerSecond: 301,
      successShare: 1,
      attemptSuccessShare: 1,
      attemptsPerTask: 1,
      latency,
      waitP99Ms: undefined,
      rejectedShare: 0,
      fallbackShare: 0,
      fallback: undefined,
      breakerOpenShare: 0,
      inFlightMax: 12,
      limit: 0,
      cache: undefined,
      notable: false,
    },
  ],
  replications: 5,
  seeds: [1, 2, 3, 4, 5],
};

/** A verdict with something of everything. */
export const exampleTrial: Trial = {
  model,
  scenario,
  verdict,
  run: exampleRun,
  record: '.seaworthy/runs/shop-payments-brownout-3',
  command: `${command} --seed 1 --replications 5`,
};
