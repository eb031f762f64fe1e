/** What is remembered of a dependency's answers, and for how long. */
export interface CacheSettings {
  /** How long an answer is fresh, in milliseconds, before jitter. More than 0. */
  readonly ttlMs: number;
  /**
   * Each answer is fresh for ttlMs × U(1 − jitter, 1 + jitter): without jitter what was filled
   * together expires together. A share, 0 to 1. Default 0.1.
   */
  readonly jitter: number;
  /**
   * A fresh answer is refreshed before it expires when now − early × d × ln(U(0, 1)) reaches its
   * end, where d is how long it took to get: the β of XFetch (Vattani, Chierichetti and Lowenstein,
   * "Optimal Probabilistic Cache Stampede Prevention", VLDB 2015). At least 0; 0: never. Default 1.
   */
  readonly early: number;
  /**
   * So long after its end an answer is still given at once, while it is refreshed in the background
   * (RFC 5861). In milliseconds. Default 0.
   */
  readonly staleWhileRevalidateMs: number;
  /**
   * So long after its end an answer is given when a new one is not to be had (RFC 5861). In
   * milliseconds. Default 0.
   */
  readonly staleIfErrorMs: number;
  /**
   * So long a failure of the dependency is remembered, and given to who asks meanwhile, in
   * milliseconds. Default 0.
   */
  readonly negativeMs: number;
  /**
   * Calls that miss the same key at the same time share one flight to the dependency. Default true.
   * False: each goes by itself, the check-then-act of a naive cache.
   */
  readonly singleFlight: boolean;
  /** Keys at most; the one used longest ago makes room. Whole, at least 1. Default 10 000. */
  readonly capacity: number;
}
