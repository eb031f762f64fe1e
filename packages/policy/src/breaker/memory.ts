/** What a breaker remembers, in times that mean the same on any clock. */
export interface BreakerMemory {
  /** One that was half-open is open, with nothing left: the next attempt is a probe. */
  readonly state: 'closed' | 'open';
  /** Until it lets probes through, in milliseconds. */
  readonly openForMs: number;
  /** How long the last opening was, as it was drawn, and before jitter. */
  readonly lastOpenMs: number;
  readonly nominalOpenMs: number;
  /** For how long it has been closed, in milliseconds. */
  readonly closedForMs: number;
  readonly failuresInARow: number;
  /** Of the window: attempts, those that failed, those that were slow. */
  readonly calls: number;
  readonly failed: number;
  readonly slow: number;
}
