import type { ClosedArrivals, OpenArrivals } from '../../model/model.ts';
import type { Burst } from '../../traffic/rate.ts';

/** What load is to be made. Plain data: it survives the way into a thread. */
export interface LoadPlan {
  /** `http:` or `https:`. A path in it comes before those of the requests. */
  readonly target: string;
  /** Each arrival is one of these, as their weights have it. */
  readonly requests: readonly LoadRequest[];
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

export interface LoadRequest {
  readonly method: string;
  /** With its query. Begins with a slash. */
  readonly path: string;
  /** Those that frame the message (`host`, `content-length`) are added where they are missing. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Relative to those of the others; above 0. */
  readonly weight: number;
}

export type LoadArrivals =
  (OpenArrivals & { readonly bursts: readonly Burst[] }) | ClosedArrivals | RecordedArrivals;

/** The times of a recording, played again. */
export interface RecordedArrivals {
  readonly kind: 'recorded';
  /** In order, from the start of the load, and which of the requests each is. */
  readonly arrivals: readonly { readonly atMs: number; readonly request: number }[];
}
