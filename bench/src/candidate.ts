/** One way to simulate M/M/c: what a candidate of the race must be able to do. */
export interface Candidate {
  /** Simulates `customers` customers; gives their mean wait in service times. */
  run(customers: number, seed: number): number | Promise<number>;
  /** How many customers make a round of about three seconds: compiling must not weigh much. */
  readonly customers: number;
}

/** The queue of the race: M/M/4 at 80 %, with a service time of 1 on average. */
export const queue = {
  servers: 4,
  arrivalRate: 3.2,
  /** By the Erlang C formula: C / (c mu - lambda) with C = .59643. */
  meanWait: 0.74554,
} as const;
