/**
 * One endpoint of a dependency, as one caller sees it. A record that the set and its parts keep; a
 * result that comes after the endpoint has left the set still finds it, and changes nothing for
 * those that stayed.
 */
export class Endpoint {
  /** The host's own name for it, 0 or more. */
  readonly id: number;
  /** One bit of 30, to remember in one number which endpoints a call has tried. */
  readonly bit: number;
  /** Attempts of this caller that run there. */
  pending: number = 0;

  // The estimates of `PeakEwma`, as of `estimatedMs`.
  latencyMs: number = 0;
  failureShare: number = 0;
  estimatedMs: number = -Infinity;

  // What `Outliers` counts.
  requests: number = 0;
  failures: number = 0;
  failuresInARow: number = 0;
  /** How often it was ejected lately: each time for longer. */
  ejections: number = 0;
  isEjected: boolean = false;
  ejectedUntilMs: number = -Infinity;
  /** Results of attempts from before this time do not count. */
  countsFromMs: number = -Infinity;

  constructor(id: number, bit: number) {
    this.id = id;
    this.bit = bit;
  }
}
