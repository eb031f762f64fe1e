/** The median of the last values: one window that is unlike its neighbours does not count. */
export class MovingMedian {
  private readonly values: Float64Array;
  private readonly sorted: Float64Array;
  private count: number = 0;

  /** @param size How many values; odd, so that the median is one of them. */
  constructor(size: number) {
    this.values = new Float64Array(size);
    this.sorted = new Float64Array(size);
  }

  /** The median with this value included; the value itself until there are enough. */
  add(value: number): number {
    this.values[this.count % this.values.length] = value;
    this.count++;
    if (this.count < this.values.length) return value;
    this.sorted.set(this.values);
    this.sorted.sort();
    return this.sorted[this.sorted.length >> 1] ?? value;
  }
}
