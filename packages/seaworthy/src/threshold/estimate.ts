/** A size, as far as it is known. */
export interface Estimate {
  /** The middle of what is believed. */
  readonly at: number;
  /** It is between these with a probability of 95 %. */
  readonly low: number;
  readonly high: number;
  /** As sharp as it was meant to be. False: the runs or the time were used up before. */
  readonly settled: boolean;
}
