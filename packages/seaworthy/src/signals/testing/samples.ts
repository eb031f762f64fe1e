import { Histogram } from '../histogram.ts';
import type { EdgeSample, ServiceSample } from '../run.ts';

/** Samples by hand, for tests: what a test does not name did not happen. */

export function edgeSample(change: Partial<EdgeSample> = {}): EdgeSample {
  return {
    offered: 0,
    succeeded: 0,
    fallback: {},
    failed: {},
    rejected: {},
    attempts: 0,
    attemptsFailed: {},
    retries: 0,
    retriesPeak: 0,
    retriesStopped: {},
    hedges: 0,
    hedgesWon: 0,
    overtaken: 0,
    hedgesStopped: {},
    latency: new Histogram(),
    latencyFailed: new Histogram(),
    wait: new Histogram(),
    inFlightMean: 0,
    inFlightMax: 0,
    limit: 0,
    queueMean: 0,
    queueMax: 0,
    breakerOpenShare: 0,
    budgetLeft: -1,
    fallbackLinks: [],
    fallbackNormalShare: 0,
    fallbackNormalMs: 0,
    classes: [],
    cache: {},
    recomputingMax: 0,
    recomputesPeak: 0,
    ...change,
  };
}

export function serviceSample(change: Partial<ServiceSample> = {}): ServiceSample {
  return {
    arrived: 0,
    served: 0,
    failed: {},
    wasted: 0,
    wastedMs: 0,
    busyMs: 0,
    wait: new Histogram(),
    serviceTime: new Histogram(),
    inFlightMean: 0,
    queueMean: 0,
    queueMax: 0,
    slots: 0,
    utilisation: -1,
    replicas: [],
    ready: 0,
    paused: 0,
    collections: 0,
    versions: [],
    ...change,
  };
}
