/** Chance as a parameter: policies never call `Math.random`. */
export interface Random {
  /** The next number of the stream, uniform in [0, 1), with 53 random bits. */
  next(): number;
}
