import type { AdmissionSettings, PolicySettings, QueueSettings } from '@seaworthy/policy/engine';

import type { ClosedArrivals, OpenArrivals } from './arrivals.ts';
import type { Autoscale, Memory, Rollout, StartUp } from './lifecycle.ts';
import type { MessageQueue } from './message-queue.ts';
import type { NetworkSettings } from './network.ts';
import type { ServiceProcess, SourceRequest } from './stage.ts';
import type { Expectation, LimitExpectation, Objective } from './statement.ts';

export type {
  Expectation,
  LimitExpectation,
  Measure,
  Objective,
  Subject,
  Tolerance,
} from './statement.ts';

/**
 * The effective model: what every world (`simulate`, `rehearse`) starts from.
 * References are resolved to indices, units to milliseconds, shares to 0..1, rates to per second,
 * defaults filled in.
 */
export interface Model {
  readonly name: string;
  /** The overlay that was applied, or undefined for the file as it stands. */
  readonly environment: string | undefined;
  readonly services: readonly Service[];
  readonly queues: readonly MessageQueue[];
  readonly rows: readonly Rows[];
  readonly sources: readonly Source[];
  /**
   * Every caller -> callee pair that steps or traffic use, with or without an entry under `calls`.
   */
  readonly edges: readonly Edge[];
  readonly scenarios: readonly Scenario[];
  readonly objectives: readonly Objective[];
  readonly expectations: readonly Expectation[];
  readonly limits: readonly LimitExpectation[];
  readonly run: RunSettings;
}

export type Distribution =
  | { readonly kind: 'constant'; readonly valueMs: number }
  | { readonly kind: 'exponential'; readonly meanMs: number }
  /** The sum of `stages` exponentials: less variable than one. */
  | { readonly kind: 'erlang'; readonly meanMs: number; readonly stages: number }
  /** Through both points: sigma = ln(p99 / p50) / 2.3263. */
  | { readonly kind: 'log-normal'; readonly p50Ms: number; readonly p99Ms: number }
  /** The absolute value of a normal variate. */
  | { readonly kind: 'normal'; readonly meanMs: number; readonly deviationMs: number }
  | { readonly kind: 'uniform'; readonly fromMs: number; readonly toMs: number }
  /** Linear between the points; shares ascend from 0 to 1. */
  | { readonly kind: 'quantiles'; readonly points: readonly { share: number; valueMs: number }[] }
  | { readonly kind: 'mixture'; readonly parts: readonly { share: number; of: Distribution }[] };

export type Step =
  /** Needs a core of the replica. */
  | { readonly kind: 'cpu'; readonly demand: Distribution }
  /** Needs nothing but time. */
  | { readonly kind: 'wait'; readonly time: Distribution }
  /**
   * Calls over `edges[edge]`; the request fails when the call does. `optional`: it goes on all the
   * same.
   */
  | {
      readonly kind: 'call';
      readonly edge: number;
      readonly probability: number;
      readonly optional: boolean;
    }
  /** All branches at once; goes on when the last is done. */
  | { readonly kind: 'together'; readonly branches: readonly (readonly Step[])[] }
  /** The request fails here with this probability. */
  | { readonly kind: 'fail'; readonly probability: number }
  /** Holds the lock of one of `rows[rows]` during `steps`. `withinMs`: Infinity for ever. */
  | {
      readonly kind: 'lock';
      readonly rows: number;
      readonly withinMs: number;
      readonly steps: readonly Step[];
    }
  /** Puts a message into `queues[queue]`; the request fails when it is full. */
  | {
      readonly kind: 'publish';
      readonly queue: number;
      readonly probability: number;
      readonly optional: boolean;
    }
  /** Reads one of `rows[rows]` with its version. */
  | { readonly kind: 'read'; readonly rows: number }
  /** Writes the row that was read last, which fails when its version has changed. */
  | { readonly kind: 'write'; readonly rows: number };

/** What requests change one at a time: rows of a table, files, whatever a lock protects. */
export interface Rows {
  readonly name: string;
  readonly count: number;
}

export type Balance = 'round-robin' | 'random' | 'least-in-flight' | 'two-choices';

export interface Service {
  readonly name: string;
  readonly replicas: readonly Replica[];
  /** How callers choose among the replicas. */
  readonly balance: Balance;
  /** Requests that wait for a worker slot at one replica. */
  readonly queue: QueueSettings;
  /** How runnable work shares the cores: `shared` is egalitarian processor sharing. */
  readonly scheduling: 'shared' | 'fifo';
  /** Sheds by criticality at the door of each replica. Undefined: takes what comes. */
  readonly admission: AdmissionSettings | undefined;
  /** What becomes of a request whose caller has gone: most servers never notice. */
  readonly abandoned: 'served' | 'cancelled';
  /**
   * Every cpu and wait time of a replica is multiplied by a factor that depends on its requests in
   * flight when the step starts: linear between the points, beyond the last by its slope.
   * Undefined: 1.
   */
  readonly slowdown: readonly { readonly inFlight: number; readonly factor: number }[] | undefined;
  /** Stop-the-world pauses of a replica (garbage collection). */
  readonly pauses: readonly { readonly every: Distribution; readonly time: Distribution }[];
  /** Undefined: there is always enough of it. */
  readonly memory: Memory | undefined;
  /** Undefined: there are as many as the list has. */
  readonly autoscale: Autoscale | undefined;
  /** How a replica that starts during the run comes up. */
  readonly startUp: StartUp;
  /** How long a replica that is to go may work off what it holds. */
  readonly graceMs: number;
  readonly steps: readonly Step[];
  /** How a rehearsal starts its replicas. Undefined: it does not. */
  readonly process?: ServiceProcess | undefined;
  /** Where a rehearsal finds it, running already. */
  readonly address?: string | undefined;
  /** The path at which a rehearsal reads what each replica publishes. Undefined: it does not. */
  readonly metrics?: string | undefined;
}

export interface Replica {
  /** Requests it works on at once. Infinity: no limit. */
  readonly concurrency: number;
  readonly cores: number;
  /** 1 is the service's own speed; 0.5 takes twice as long. */
  readonly speed: number;
}

/** Where tasks come from. */
export interface Source {
  readonly name: string;
  readonly edge: number;
  /**
   * Independent clients, each with its own policy state. Arrivals go to them round robin (constant)
   * or at random.
   */
  readonly clients: number;
  /** The share of the tasks in each class, by the number of the class; together 1. */
  readonly criticality: readonly number[];
  readonly arrivals: OpenArrivals | ClosedArrivals;
  /** What its tasks are about, for the caches on their way. Undefined: they have no key. */
  readonly keys?: Keys;
  /**
   * Impatient people: a task that has not settled after `afterMs` is dropped by its user, who asks
   * anew.
   */
  readonly reload:
    | { readonly afterMs: number; readonly share: number; readonly times: number }
    | undefined;
  /** What a rehearsal sends. Undefined: `GET /`. */
  readonly requests?: readonly SourceRequest[] | undefined;
}

export interface Edge {
  /** As in the file: `web -> payments`. */
  readonly name: string;
  readonly from: { readonly kind: 'service' | 'source' | 'queue'; readonly index: number };
  /** An index into `services`. */
  readonly to: number;
  readonly policy: PolicySettings;
  /** One budget for all callers of this edge, instead of one a client or replica. */
  readonly budgetShared: boolean;
  /** The callee learns the deadline and the attempts left; without it a task ends at the hop. */
  readonly propagate: boolean;
  /** What `policy.cache` does not say. */
  readonly cache?: EdgeCache;
  /** What the links of the fallback chain do. As many as `policy.fallbacks`. */
  readonly fallbacks: readonly FallbackLink[];
  readonly network: NetworkSettings;
}

export interface EdgeCache {
  /** One cache for all callers of this edge, instead of one a client or replica. */
  readonly shared: boolean;
  /** What calls over this edge ask for. Undefined: what their task is about. */
  readonly keys: Keys | undefined;
  /** The share of the keys, the most popular first, that is there at the start. */
  readonly warmShare: number;
}

/** The k-th most popular of `count` keys is asked for in proportion to 1 / k^zipf. */
export interface Keys {
  readonly count: number;
  readonly zipf: number;
}

export type FallbackLink =
  /** A local value, ready after `time`. */
  | { readonly kind: 'answer'; readonly time: Distribution }
  /** Another service, over its own edge. */
  | { readonly kind: 'call'; readonly edge: number };

export interface Scenario {
  readonly name: string;
  readonly faults: readonly Fault[];
}

/** A target is a service (all its replicas, or the ones listed) or the network of an edge. */
export type Target =
  | {
      readonly kind: 'service';
      readonly index: number;
      readonly replicas: readonly number[] | undefined;
    }
  | { readonly kind: 'edge'; readonly index: number };

export type Fault = {
  readonly atMs: number;
  /** Infinity: it stays. */
  readonly forMs: number;
  /** As the user wrote it, for records and reports: `slow: payments, by: 10x`. */
  readonly text: string;
} & (
  | {
      readonly kind: 'slow';
      readonly target: Target;
      readonly factor: number;
      readonly addsMs: number;
    }
  | { readonly kind: 'fail'; readonly target: Target; readonly share: number }
  | { readonly kind: 'blackhole'; readonly target: Target; readonly share: number }
  | { readonly kind: 'reset'; readonly target: Target; readonly share: number }
  /**
   * Packet loss: each message is retransmitted with this probability, after 200 ms, then 400 ms,
   * ...
   */
  | { readonly kind: 'loss'; readonly target: Target; readonly share: number }
  /** Slots and cores of the replicas shrink to this share, at least one of each. */
  | { readonly kind: 'capacity'; readonly target: Target; readonly share: number }
  /** The replicas die with all they hold; they come back empty after `forMs`. */
  | { readonly kind: 'kill'; readonly target: Target }
  /** The replicas stand still, and go on where they were. */
  | { readonly kind: 'pause'; readonly target: Target }
  /** The caches of an edge lose this share of what they hold. */
  | { readonly kind: 'flush'; readonly target: Target; readonly share: number }
  /** This share of the messages that are published fail whenever they are worked on. */
  | { readonly kind: 'poison'; readonly queue: number; readonly share: number }
  /** Times as much traffic, reached within `overMs`. */
  | {
      readonly kind: 'burst';
      readonly source: number;
      readonly factor: number;
      readonly overMs: number;
    }
  | Rollout
);

export interface RunSettings {
  /**
   * Undefined: until the last fault has ended, and then long enough to tell recovery from
   * metastability.
   */
  readonly forMs: number | undefined;
  /** Not counted by objectives, at the start. */
  readonly warmUpMs: number;
  readonly replications: number;
  readonly seed: number;
}
