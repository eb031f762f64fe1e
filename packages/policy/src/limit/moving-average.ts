/** The plain mean of so many values comes first: one early value must not weigh for long. */
const warmUpValues = 10;

/**
 * An exponentially weighted mean that remembers about `age` values: each new one weighs 2 / (age +
 * 1).
 */
export class MovingAverage {
  value: number = 0;
  private readonly weight: number;
  private count: number = 0;

  constructor(age: number) {
    this.weight = 2 / (age + 1);
  }

  add(value: number): number {
    if (this.count < warmUpValues) this.count++;
    const weight = this.count < warmUpValues ? 1 / this.count : this.weight;
    this.value += (value - this.value) * Math.max(weight, this.weight);
    return this.value;
  }
}
