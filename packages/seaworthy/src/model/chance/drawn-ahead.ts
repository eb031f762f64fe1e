/** Enough that one draw costs little, and still only half a kilobyte. */
const DRAWS = 64;

/**
 * Draws from a stream that nobody else draws from, many at a time: so they are there when they are
 * needed, while what follows from one that is still being computed, such as the place of an event
 * in the queue, would have to wait for it.
 */
export class DrawnAhead {
  private readonly draws = new Float64Array(DRAWS);
  private taken: number = DRAWS;
  private readonly fill: (draws: Float64Array) => void;

  constructor(fill: (draws: Float64Array) => void) {
    this.fill = fill;
  }

  /** The next one, as if it were drawn now. */
  next(): number {
    if (this.taken === DRAWS) {
      this.fill(this.draws);
      this.taken = 0;
    }
    return this.draws[this.taken++]!;
  }
}
