import type { PolicySettings } from '@seaworthy/policy/engine';
import { Reason } from '@seaworthy/policy/engine';

import type {
  Distribution,
  Edge,
  Fault,
  Model,
  Scenario,
  Service,
  Source,
  Step,
} from '../../model/model.ts';

/** Small models for tests, with everything off that a test does not name. */

export function constant(valueMs: number): Distribution {
  return { kind: 'constant', valueMs };
}

export function exponential(meanMs: number): Distribution {
  return { kind: 'exponential', meanMs };
}

export function wait(time: Distribution): Step {
  return { kind: 'wait', time };
}

export function call(index: number): Step {
  return { kind: 'call', edge: index, probability: 1, optional: false };
}

export function service(
  name: string,
  steps: readonly Step[],
  change: Partial<Service> = {},
): Service {
  return {
    name,
    replicas: replicas(1),
    balance: 'round-robin',
    queue: { limit: Infinity, order: 'fifo', targetMs: 5, intervalMs: 100 },
    scheduling: 'shared',
    admission: undefined,
    abandoned: 'served',
    slowdown: undefined,
    pauses: [],
    memory: undefined,
    autoscale: undefined,
    startUp: { readyAfter: constant(1000), slower: 1, warmUpMs: 1000 },
    graceMs: 1000,
    steps,
    ...change,
  };
}

export function replicas(count: number, concurrency = Infinity): Service['replicas'] {
  return Array.from({ length: count }, () => ({ concurrency, cores: 1, speed: 1 }));
}

export function source(index: number, perSecond: number, change: Partial<Source> = {}): Source {
  return {
    name: 'users',
    edge: index,
    clients: 1,
    criticality: [0, 0, 1, 0],
    arrivals: { kind: 'open', spacing: 'poisson', shape: [{ atMs: 0, perSecond, overMs: 0 }] },
    reload: undefined,
    ...change,
  };
}

/** From source 0, or from the service with this index, to a service. */
export function edge(
  from: 'users' | number,
  to: number,
  policy: PolicySettings = {},
  change: Partial<Edge> = {},
): Edge {
  return {
    name: `${from} -> ${to}`,
    from: from === 'users' ? { kind: 'source', index: 0 } : { kind: 'service', index: from },
    to,
    policy,
    budgetShared: false,
    propagate: false,
    fallbacks: [],
    network: { latency: constant(0), loss: 0, connections: undefined, spells: undefined },
    ...change,
  };
}

export function model(
  services: readonly Service[],
  edges: readonly Edge[],
  users: Source,
  forMs: number,
): Model {
  return {
    name: 'test',
    environment: undefined,
    services,
    queues: [],
    rows: [],
    sources: [users],
    edges,
    scenarios: [],
    objectives: [],
    expectations: [],
    limits: [],
    run: { forMs, warmUpMs: 0, replications: 1, seed: 1 },
  };
}

/** Leaves out what every fault has, to be given by the test. */
export type FaultCase = Fault extends infer F ? (F extends Fault ? Omit<F, 'text'> : never) : never;

export function scenario(...faults: readonly FaultCase[]): Scenario {
  return {
    name: 'test',
    faults: faults.map((fault) => ({ ...fault, text: fault.kind })),
  };
}

export const retry: NonNullable<PolicySettings['retry']> = {
  attempts: 3,
  backoff: { baseMs: 50, capMs: 1000, factor: 2, jitter: 'full' },
  retryAfterMaxMs: 30_000,
  on: new Set([Reason.error, Reason.overloaded, Reason.reset, Reason.unreachable, Reason.timeout]),
};
