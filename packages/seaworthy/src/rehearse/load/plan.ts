import type { ClosedArrivals, OpenArrivals } from '../../model/arrivals.ts';
import type { SourceRequest } from '../../model/stage.ts';
import type { Burst } from '../../traffic/rate.ts';
import type { RecordedArrival } from '../../traffic/recorded/recording.ts';
import type { DataRow } from '../../traffic/rows/read-rows.ts';

/** What load is to be made. Plain data: it survives the way into a thread. */
export interface LoadPlan {
  /** `http:` or `https:`. A path in it comes before those of the requests. */
  readonly target: string;
  /** Each arrival is one of these, as their weights have it. At least one. */
  readonly requests: readonly LoadRequest[];
  /**
   * What requests are filled in with: the first arrival with the first row, and so on, from the
   * beginning again after the last.
   */
  readonly rows?: readonly DataRow[];
  /**
   * Streams of random numbers are derived from it and from the seed, as in a simulation: the source
   * of this name has the same arrivals there.
   */
  readonly source: string;
  readonly seed: number;
  readonly arrivals: LoadArrivals;
  /** From then on nothing arrives. Infinity: until it is stopped. */
  readonly durationMs: number;
  /**
   * For the answer, from the intended start. What could not be sent until then counts as `late`,
   * and is never sent.
   */
  readonly timeoutMs: number;
  /** Open at once. What arrives while all of them are busy waits for one. */
  readonly maxConnections: number;
}

/**
 * One kind of request. `{{name}}` in its path, its headers or its body stands for that column of
 * the data; `{{task}}` for a word that no other arrival of the run has. In a path values are
 * percent-encoded, elsewhere they are as they are. `host` and `content-length` are added where the
 * headers do not have them.
 */
export type LoadRequest = SourceRequest;

export type LoadArrivals =
  | (OpenArrivals & { readonly bursts: readonly Burst[] })
  | ClosedArrivals
  | RecordedArrivals;

/** The times of a recording, played again. */
export interface RecordedArrivals {
  readonly kind: 'recorded';
  /** In order, from the start of the load, and which of the requests each is. */
  readonly arrivals: readonly RecordedArrival[];
}
