import type { LatencyResult } from '../../judge/verdict.ts';
import type { Trial } from '../trial.ts';
import { exampleTrial } from './example-trial.ts';

const { verdict } = exampleTrial;

/** As wide as these quantities get in three significant digits. */
const share = 0.999956;
const timeMs = 0.001234;
const rate = 999_449;
const latency: LatencyResult = {
  samples: 1,
  mean: timeMs,
  p50: timeMs,
  p90: timeMs,
  p99: timeMs,
  p999: timeMs,
  max: timeMs,
};

const name = 'recommendations-for-those-who-come-back';

/** Every column as full as it gets. */
export const widestTrial: Trial = {
  ...exampleTrial,
  verdict: {
    ...verdict,
    objectives: verdict.objectives.map((objective) => ({
      ...objective,
      observed: '99.9956 %',
      observedRange: '99.9833 % to 99.9956 %',
      margin: -12_344,
    })),
    traffic: verdict.traffic.map((source) => ({
      source: name,
      offeredPerSecond: rate,
      goodputPerSecond: rate,
      successShare: share,
      fallbackShare: share,
      failedShare: share,
      rejectedShare: share,
      latency: { ...source.latency, ...latency },
      classes: [
        {
          criticality: 'sheddable-plus',
          successShare: share,
          fallbackShare: share,
          failedShare: share,
          rejectedShare: share,
        },
      ],
    })),
    queues: [
      {
        queue: name,
        publishedPerSecond: rate,
        donePerSecond: rate,
        latency,
        backlogMax: 12_345_678,
        ageMs: timeMs,
        redeliveredShare: share,
        duplicateShare: share,
        deadLetterShare: share,
      },
    ],
    rows: [
      {
        rows: name,
        locksPerSecond: rate,
        waitP99Ms: timeMs,
        queueMean: 12_345.6,
        conflictShare: share,
      },
    ],
    edges: verdict.edges.map((edge) => ({
      ...edge,
      edge: `${name} -> ${name}`,
      successShare: share,
      attemptSuccessShare: share,
      attemptsPerTask: 12_345,
      latency,
      waitP99Ms: timeMs,
      rejectedShare: share,
      fallbackShare: share,
      fallback: {
        reasons: [
          { reason: 'attempts-spent', share },
          { reason: 'queue-dropped', share },
        ],
        links: [share, share, share],
        normalMs: timeMs,
      },
      breakerOpenShare: share,
      inFlightMax: 12_345,
      limit: 12_345,
    })),
  },
};
