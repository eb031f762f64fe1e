/** What a {@link Clock} hands out for a pending callback. Opaque: give it back to `cancel`. */
export type Timer = unknown;

/**
 * Time as a parameter. Policies never read the time of the machine; they are handed one of these,
 * so that the code that runs in production on `systemClock` runs in a simulation on virtual time.
 */
export interface Clock {
  /** Milliseconds on a monotonic axis. Only differences mean anything. Fractions are allowed. */
  now(): number;
  /**
   * Runs `run` once, `delayMs` milliseconds from now. A delay of 0 or less runs in a later turn,
   * never at once.
   */
  after(delayMs: number, run: () => void): Timer;
  /** Drops a pending callback. Cancelling twice, or after it ran, does nothing. */
  cancel(timer: Timer): void;
  /**
   * Whether a pending callback keeps the process alive; it does unless told otherwise. Virtual
   * clocks have no process to keep, and leave this out.
   */
  keepAlive?(timer: Timer, keep: boolean): void;
}
