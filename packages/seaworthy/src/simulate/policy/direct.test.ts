import { describe, expect, it } from 'vitest';

import { call, constant, edge, exponential, model, service, source } from '../testing/models.ts';
import { replicas, scenario, wait, type FaultCase } from '../testing/models.ts';
import { run } from '../testing/totals.ts';

/** A policy that decides nothing in a run of {@link runMs}, and still is one. */
const idle = { deadlineMs: 1e9 };

const during = { atMs: 5000, forMs: 5000 };
const runMs = 15_000;
const back = { kind: 'service', index: 1, replicas: undefined } as const;
const oneOfBack = { kind: 'service', index: 1, replicas: [0] } as const;
const front = { kind: 'service', index: 0, replicas: undefined } as const;
const network = { kind: 'edge', index: 0 } as const;

const faults: Record<string, FaultCase> = {
  fail: { kind: 'fail', target: back, share: 0.3, ...during },
  'fail on the way': { kind: 'fail', target: network, share: 0.3, ...during },
  blackhole: { kind: 'blackhole', target: network, share: 0.1, ...during },
  reset: { kind: 'reset', target: back, share: 0.3, ...during },
  loss: { kind: 'loss', target: network, share: 0.3, ...during },
  'kill of some': { kind: 'kill', target: oneOfBack, ...during },
  'kill of all': { kind: 'kill', target: back, ...during },
  'kill of the caller': { kind: 'kill', target: front, ...during },
  pause: { kind: 'pause', target: front, ...during },
  slow: { kind: 'slow', target: back, factor: 3, addsMs: 5, ...during },
};

function system(policy: object, abandoned: 'served' | 'cancelled') {
  const services = [
    service('front', [wait(exponential(10)), call(1)], { abandoned }),
    service('back', [wait(exponential(30))], { abandoned, replicas: replicas(2, 4) }),
  ];
  const hop = {
    network: { latency: exponential(1), loss: 0, connections: undefined, spells: undefined },
  };
  const edges = [edge('users', 0, policy, hop), edge(0, 1, policy)];
  const reload = { afterMs: 100, share: 0.2, times: 2 };
  return [
    model(services, edges, source(0, 150), runMs),
    model(services, edges, source(0, 150, { reload }), runMs),
    model(
      services,
      edges,
      source(0, 0, {
        arrivals: { kind: 'closed', users: 10, think: constant(20), tasks: Infinity },
      }),
      runMs,
    ),
  ];
}

describe('an edge that decides nothing', () => {
  for (const [name, fault] of Object.entries(faults)) {
    it(`does without an engine what it does with one: ${name}`, () => {
      for (const abandoned of ['served', 'cancelled'] as const) {
        const direct = system({}, abandoned);
        const driven = system(idle, abandoned);
        for (const [index, without] of direct.entries()) {
          const expected = run(driven[index]!, scenario(fault));
          const observed = run(without, scenario(fault));
          expect(observed.intervals.map(plain)).toEqual(expected.intervals.map(plain));
          expect(observed.events).toEqual(expected.events);
        }
      }
    });
  }
});

/** Histograms as numbers: two are equal that were recorded in another order of buckets. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, part: unknown) =>
      part instanceof Object && 'toSparse' in part ? (part.toSparse as () => unknown)() : part,
    ),
  );
}
