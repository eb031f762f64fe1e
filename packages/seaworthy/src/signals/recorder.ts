import { bitsOf } from './histogram-buckets.ts';
import { Histogram } from './histogram.ts';

/** Enough that emptying costs little each, and still only 1 kB. */
const VALUES = 128;

/**
 * Where values wait until there are enough of them to go into a histogram together, which takes a
 * third of the time of one by one. What comes out is the same, to the last bit of the sum.
 */
export class Recorder {
  private readonly values = new Float64Array(VALUES);
  private readonly bits = bitsOf(this.values);
  private waiting = 0;
  /** Where nobody has to wait, these are all. */
  private zeros = 0;
  private readonly histogram = new Histogram();

  /** As {@link Histogram.record}, which tells of a bad value later. */
  record(valueMs: number): void {
    if (valueMs === 0) {
      this.zeros++;
      return;
    }
    if (this.waiting === VALUES) this.empty();
    this.values[this.waiting++] = valueMs;
  }

  /** All that was recorded since the last flush. */
  flush(): Histogram {
    this.empty();
    this.histogram.recordMany(0, this.zeros);
    this.zeros = 0;
    const recorded = this.histogram.copy();
    this.histogram.reset();
    return recorded;
  }

  private empty(): void {
    this.histogram.recordAll(this.values, this.bits, this.waiting);
    this.waiting = 0;
  }
}
