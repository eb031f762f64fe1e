import { noEdge, noService } from '../no-samples.ts';
import type { EdgeSample, ServiceSample } from '../run.ts';

/** Samples by hand, for tests: what a test does not name did not happen. */

export function edgeSample(change: Partial<EdgeSample> = {}): EdgeSample {
  return { ...noEdge, ...change };
}

export function serviceSample(change: Partial<ServiceSample> = {}): ServiceSample {
  return { ...noService, ...change };
}
