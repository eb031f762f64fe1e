import { Histogram } from '../histogram.ts';
import type { FollowedTask } from '../followed-task.ts';
import type { EdgeSample, Interval, Run, ServiceSample } from '../run.ts';
import { edgeSample, serviceSample } from './samples.ts';

/** Two seconds of one service and its one caller: small enough to read its record. */
export function tinyRun(): Run {
  return {
    header: {
      schema: 1,
      world: 'simulate',
      engineVersion: '1',
      model: { name: 'tiny', hash: 'c0ffee', environment: undefined },
      scenario: 'calm',
      seed: 7,
      replication: 0,
      durationMs: 2000,
      warmUpMs: 0,
      intervalMs: 1000,
      services: ['web'],
      edges: ['people -> web'],
      sources: ['people'],
      queues: [],
      rows: [],
      replicasOfService: [2],
      status: 'complete',
    },
    intervals: [busyInterval(), quietInterval()],
    events: [
      { atMs: 250.5, kind: 'queue-full', subject: 'web', text: 'the queue of a replica is full' },
      { atMs: 1000, kind: 'breaker-opened', subject: 'people -> web', text: 'closed -> open' },
    ],
    eventsDropped: 0,
    tasks: [retriedTask()],
  };
}

/** Two attempts, of which the first was too slow, and is still worked on when the run ends. */
function retriedTask(): FollowedTask {
  const attempt = {
    waitMs: 0,
    isHedge: false,
    calls: [],
    arrivedMs: undefined,
    workMs: undefined,
    doneMs: undefined,
  };
  return {
    why: 'slowest',
    left: 0,
    call: {
      edge: 0,
      startMs: 100.25,
      endMs: 700,
      outcome: 'succeeded',
      reason: 'none',
      fallback: undefined,
      attempts: [
        { ...attempt, startMs: 100.25, endMs: 500, reason: 'timeout', replica: 1, arrivedMs: 101 },
        { ...attempt, startMs: 600, endMs: 700, reason: 'none', replica: 0, waitMs: 50 },
      ],
    },
  };
}

function times(...values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram.copy();
}

function busyInterval(): Interval {
  return {
    fromMs: 0,
    toMs: 1000,
    edges: [
      {
        ...quietEdge(),
        offered: 6,
        succeeded: 3,
        fallback: { 'breaker-open': 1 },
        failed: { timeout: 2 },
        attempts: 7,
        attemptsFailed: { timeout: 4 },
        retriesStopped: { budget: 1 },
        latency: times(10, 10, 10, 250.000001),
        latencyFailed: times(800, 800),
        wait: times(0, 0, 0, 0, 0, 0, 1.5),
        // What the arithmetic of virtual time leaves behind the nanoseconds.
        inFlightMean: 0.1 + 0.2,
        inFlightMax: 4,
        limit: 20,
        budgetLeft: 4.5,
      },
    ],
    queues: [],
    rows: [],
    services: [
      {
        ...quietService(),
        arrived: 7,
        served: 3,
        failed: { 'queue-full': 4 },
        wasted: 1,
        wastedMs: 12.25,
        busyMs: 42.25,
        wait: times(0, 0, 1.5),
        serviceTime: times(10, 10, 10),
        inFlightMean: 0.25,
        queueMean: 0.5,
        queueMax: 2,
        utilisation: 0.015625,
        replicas: [
          { served: 2, serviceTimeMeanMs: 10, arrived: 3, failed: 1 },
          { served: 1, serviceTimeMeanMs: 10, arrived: 1, failed: 0 },
        ],
      },
    ],
  };
}

function quietInterval(): Interval {
  return {
    fromMs: 1000,
    toMs: 2000,
    edges: [quietEdge()],
    services: [quietService()],
    queues: [],
    rows: [],
  };
}

function quietEdge(): EdgeSample {
  return edgeSample({ limit: 20 });
}

function quietService(): ServiceSample {
  const replica = { served: 0, serviceTimeMeanMs: 0, arrived: 0, failed: 0 };
  return serviceSample({ slots: 16, utilisation: 0, replicas: [replica, replica] });
}
