import type { OutlierSettings, PolicySettings } from '@seaworthy/policy/engine';
import * as fc from 'fast-check';

const outliers: fc.Arbitrary<OutlierSettings> = fc.record({
  consecutiveFailures: fc.constantFrom(1, 5),
  intervalMs: fc.constant(1000),
  successRate: fc.constant({ deviations: 1, requests: 5, endpoints: 2 }),
  failureShare: fc.constant({ share: 0.5, requests: 5, endpoints: 2 }),
  ejectMs: fc.constantFrom(100, 2000),
  ejectMaxMs: fc.constant(10_000),
  shareMax: fc.constantFrom(0.34, 1),
});

/** Choices of a replica by what a caller sees itself. */
export const endpoints: fc.Arbitrary<NonNullable<PolicySettings['endpoints']>> = fc
  .record({
    balance: fc.constantFrom('peak-ewma', 'round-robin', 'random', 'least-in-flight'),
    decayMs: fc.constant(10_000),
    failurePenaltyMs: fc.constant(1000),
    outliers: fc.option(outliers, { nil: undefined }),
  })
  .map(({ outliers: some, ...rest }) => ({
    ...rest,
    ...(some === undefined ? {} : { outliers: some }),
  }));
