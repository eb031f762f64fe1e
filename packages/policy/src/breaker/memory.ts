/** What a breaker remembers, in times that mean the same on any clock. */
export interface BreakerMemory {
  /** One that was half-open is open, with nothing left: the next attempt is a probe. */
  readonly state: 'closed' | 'open';
  /** Until it lets probes through, in milliseconds. */
  readonly openForMs: number;
  /** How long the last opening was, as it was drawn, in milliseconds. */
  readonly lastOpenMs: number;
  /** The same before jitter: what the next opening is twice as long as. */
  readonly nominalOpenMs: number;
  /** For how long it has been closed, in milliseconds. */
  readonly closedForMs: number;
  /** Failures since the last success. */
  readonly failuresInARow: number;
  /** Attempts of the window that count. */
  readonly calls: number;
  /** Those of them that failed. */
  readonly failed: number;
  /** Those of them that took longer than `slow.over`. */
  readonly slow: number;
}
