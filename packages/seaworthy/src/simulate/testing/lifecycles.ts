import * as fc from 'fast-check';

import type { Autoscale } from '../../model/lifecycle.ts';
import type { Distribution } from '../../model/model.ts';

/** Room for some hundred requests; some leak all of it. */
export function memories(time: fc.Arbitrary<Distribution>) {
  return fc.record({
    heapBytes: fc.constant(1000),
    liveBytes: fc.constantFrom(500, 900),
    garbageBytes: fc.constantFrom(1, 10),
    perRequestBytes: fc.constantFrom(0, 10),
    leakBytes: fc.constantFrom(0, 0, 5),
    pause: time,
  });
}

/** Quick to look, so that a short run sees it at work. */
export const autoscaler: fc.Arbitrary<Autoscale> = fc.record({
  min: fc.constant(1),
  max: fc.constantFrom(3, 6),
  metric: fc.constantFrom('cpu', 'in-flight'),
  target: fc.constantFrom(0.1, 0.5),
  everyMs: fc.constantFrom(100, 500),
  stabilizationMs: fc.constantFrom(0, 1000),
  tolerance: fc.constant(0.1),
});

const amount = fc.constantFrom(
  { count: 0, share: 0 },
  { count: 1, share: 0 },
  { count: 0, share: 0.5 },
  { count: 0, share: 1 },
);

/** A deploy or a canary, some of them with a way back. */
export const rollout = fc
  .record({
    service: fc.constantFrom(0, 1, 2),
    replicas: fc.constantFrom({ count: 0, share: 1 }, { count: 1, share: 0 }),
    surge: amount,
    unavailable: amount,
    minReadyMs: fc.constantFrom(0, 200),
    version: fc.record({
      slower: fc.constantFrom(1, 2),
      memory: fc.constantFrom(1, 1.05),
      leakBytes: fc.constantFrom(0, 5),
      failShare: fc.constantFrom(0, 0.3),
    }),
    atMs: fc.integer({ min: 0, max: 3000 }),
    backMs: fc.constantFrom(Infinity, 10, 500, 2000),
  })
  .map(({ backMs, ...drawn }) => {
    const times = { forMs: 1000, backAtMs: drawn.atMs + backMs };
    return { kind: 'rollout' as const, ...drawn, ...times };
  });
