/** From fewer pairs a correlation says nothing. */
const fewestPairs = 10;
/** What varies by less than this share of its mean is constant, and the rest of it is noise. */
const leastVariation = 0.01;

/**
 * How two series move together over their last pairs: 1 when y grows with x, −1 when it falls with
 * it, 0 when it does not care, and also while there are too few pairs or one of them hardly moves.
 */
export class Correlation {
  /** Pearson's correlation coefficient. */
  value: number = 0;
  /** The standard deviation of y as a share of its mean. Infinity until it is known. */
  variationOfY: number = Infinity;
  private readonly xs: Float64Array;
  private readonly ys: Float64Array;
  private count: number = 0;

  constructor(size: number) {
    this.xs = new Float64Array(size);
    this.ys = new Float64Array(size);
  }

  /** Summed up anew for each pair, of which one comes a second: running sums lose digits. */
  add(x: number, y: number): void {
    const at = this.count % this.xs.length;
    this.xs[at] = x;
    this.ys[at] = y;
    this.count++;
    this.update(Math.min(this.count, this.xs.length));
  }

  private update(size: number): void {
    const meanX = mean(this.xs, size);
    const meanY = mean(this.ys, size);
    let squaresX = 0;
    let squaresY = 0;
    let products = 0;
    for (let at = 0; at < size; at++) {
      const offX = this.xs[at]! - meanX;
      const offY = this.ys[at]! - meanY;
      squaresX += offX * offX;
      squaresY += offY * offY;
      products += offX * offY;
    }
    const deviationX = Math.sqrt(squaresX / size);
    const deviationY = Math.sqrt(squaresY / size);
    const isKnown = size >= fewestPairs;
    this.variationOfY = isKnown && meanY > 0 ? deviationY / meanY : Infinity;
    const moves = deviationX > leastVariation * meanX && deviationY > leastVariation * meanY;
    this.value = isKnown && moves ? products / (size * deviationX * deviationY) : 0;
  }
}

function mean(values: Float64Array, size: number): number {
  let sum = 0;
  for (let at = 0; at < size; at++) sum += values[at]!;
  return sum / size;
}
