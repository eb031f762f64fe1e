import type { Criticality } from '@seaworthy/policy/engine';

/** Which numbers an objective or an expectation is about. */
export type Measure =
  /** Latency of tasks or calls from their intended start, in milliseconds; `quantile` in 0..1. */
  | {
      readonly kind: 'latency';
      readonly statistic: 'mean' | 'max' | 'quantile';
      readonly quantile: number;
    }
  /** Time in a queue only (at the service; on an edge: in the queue of its limit). */
  | {
      readonly kind: 'wait';
      readonly statistic: 'mean' | 'max' | 'quantile';
      readonly quantile: number;
    }
  /** Time from holding a worker slot to answering; services only. */
  | {
      readonly kind: 'service-time';
      readonly statistic: 'mean' | 'max' | 'quantile';
      readonly quantile: number;
    }
  /** Shares of the settled calls, 0..1; of one class, where that is given. */
  | {
      readonly kind: 'success' | 'failed' | 'rejected' | 'fallback';
      readonly criticality?: Criticality;
    }
  /** Attempts per task (retry density). */
  | { readonly kind: 'attempts' }
  /** Tasks or calls per second. Goodput: those that succeed in time. */
  | { readonly kind: 'offered' | 'goodput' | 'throughput' }
  /** Time-weighted means of a service, over all replicas: `in-system` counts queue and slots. */
  | { readonly kind: 'in-flight' | 'queue' | 'in-system' | 'utilisation' }
  /** Share of the served work whose caller had gone. */
  | { readonly kind: 'wasted' }
  /** Share of the writes of rows that others had written since they were read, 0..1. */
  | { readonly kind: 'conflicts' }
  /** Of a message queue: the most messages that waited at once. */
  | { readonly kind: 'backlog' }
  /** Milliseconds: the oldest message that was neither done nor a dead letter, at its oldest. */
  | { readonly kind: 'age' }
  /**
   * Shares, 0..1: deliveries that were not the first of their message; messages that were processed
   * more than once, of those that were processed; dead letters, of those that were published.
   */
  | { readonly kind: 'redelivered' | 'duplicates' | 'dead-letters' }
  /**
   * Milliseconds from the start until the last task of a source is over; Infinity while one is not.
   */
  | { readonly kind: 'makespan' }
  /**
   * Milliseconds from the end of the last fault until every other objective holds again, and goes
   * on to hold.
   */
  | { readonly kind: 'recovery' };

export type Subject =
  | { readonly kind: 'service'; readonly index: number }
  | { readonly kind: 'edge'; readonly index: number }
  | { readonly kind: 'source'; readonly index: number }
  | { readonly kind: 'queue'; readonly index: number }
  | { readonly kind: 'rows'; readonly index: number }
  | { readonly kind: 'system' };

export interface Objective {
  /** As written: `web p99 < 500ms`. */
  readonly text: string;
  readonly subject: Subject;
  readonly measure: Measure;
  readonly comparison: '<' | '<=' | '>' | '>=';
  /** Milliseconds, share, per second or a bare number, as the measure has it. */
  readonly required: number;
  /** Part of the run it is about, in milliseconds; undefined: all after the warm-up. */
  readonly window: { readonly fromMs: number; readonly toMs: number } | undefined;
}

/** What a published result or a closed form says: `npm run fidelity` holds the engine to it. */
export interface Expectation {
  readonly text: string;
  readonly scenario: string | undefined;
  readonly environment: string | undefined;
  readonly subject: Subject;
  readonly measure: Measure;
  readonly window: { readonly fromMs: number; readonly toMs: number } | undefined;
  /** Either the value, with its tolerance, or a range. */
  readonly expected:
    | { readonly kind: 'value'; readonly value: number; readonly tolerance: Tolerance }
    | { readonly kind: 'range'; readonly from: number; readonly to: number };
  /** The formula or the publication. */
  readonly source: string;
}

export type Tolerance =
  /** `own`: the standard error of the expected value itself, 0 where it is exact. */
  | { readonly kind: 'standard-errors'; readonly count: number; readonly own: number }
  | { readonly kind: 'share'; readonly share: number };

/** What a publication says `seaworthy limits` must find. */
export interface LimitExpectation {
  readonly text: string;
  readonly environment: string | undefined;
  /** Whose faults grow, for `tips at`; undefined: a burst. */
  readonly scenario: string | undefined;
  readonly limit: 'stable up to' | 'vulnerable up to' | 'fragility' | 'tips at';
  /** Loads are per second or users, sizes milliseconds or times; a tolerance becomes a range. */
  readonly from: number;
  readonly to: number;
  /** Undefined where it was written as a range. */
  readonly value: number | undefined;
  readonly source: string;
}
