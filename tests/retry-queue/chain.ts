// The Markov chain of a server with a queue whose callers time out and ask again, as the authors of
// "Analyzing Metastable Failures" (HotOS 2025) publish it in mpi-sws-rse/metafor,
// metafor/ctmc_model/single_server/ctmc.py: states are the requests in the system (0 to `places` -
// 1) and the tasks in orbit, which wait to ask again (0 to `orbit` - 1). Theirs bounds the
// probability of a timeout by Chebyshev's inequality; this one is exact.

export interface RetryQueue {
  /** Arrivals a second. */
  readonly lambda: number;
  /** Requests that the one server can do in a second. */
  readonly mu: number;
  /** Callers wait so many seconds. */
  readonly timeout: number;
  /** How often they ask again, on average. */
  readonly retries: number;
  readonly places: number;
  readonly orbit: number;
  /** The share of the timeouts that reach the orbit: a factor of theirs, fitted to measurements. */
  readonly alpha: number;
}

export interface Stationary {
  /** Requests in the system, mean. */
  readonly inSystem: number;
  /** Tasks in orbit, mean. */
  readonly inOrbit: number;
  /** Probability that an arrival finds every place taken. */
  readonly full: number;
}

/**
 * The probability that n exponential service times take longer than the timeout, for n from 0: the
 * tail of an Erlang distribution, which is that of a Poisson variate. Each term follows from the
 * one before, so nothing is subtracted and nothing overflows.
 */
export function timeoutProbabilities(mu: number, timeout: number, most: number): readonly number[] {
  const tail = [0];
  const mean = mu * timeout;
  let term = Math.exp(-mean);
  let sum = 0;
  for (let n = 1; n <= most; n++) {
    sum += term;
    term *= mean / n;
    tail.push(Math.min(1, sum));
  }
  return tail;
}

/** The rates from one state to others, by their number: in the system × orbit size + in orbit. */
function transitions(queue: RetryQueue): readonly (readonly (readonly [number, number])[])[] {
  const { lambda, mu, timeout, retries, places, orbit, alpha } = queue;
  const retryRate = retries / ((retries + 1) * timeout);
  const dropRate = 1 / ((retries + 1) * timeout);
  const late = timeoutProbabilities(mu, timeout, places);
  const rates: [number, number][][] = [];
  for (let q = 0; q < places; q++) {
    for (let r = 0; r < orbit; r++) {
      const at = (inSystem: number, inOrbit: number): number => inSystem * orbit + inOrbit;
      const found: [number, number][] = [];
      const isFull = q === places - 1;
      if (q > 0) found.push([at(q - 1, r), mu]);
      if (r > 0) found.push([at(q, r - 1), r * (isFull ? dropRate + retryRate : dropRate)]);
      if (!isFull) {
        // One that is served at once cannot time out in the queue.
        const lateHere = q === 0 ? 0 : late[q]!;
        if (r < orbit - 1) found.push([at(q + 1, r + 1), alpha * lambda * lateHere]);
        found.push([at(q + 1, r), lambda + r * retryRate * lateHere]);
        if (r > 0) found.push([at(q + 1, r - 1), r * retryRate * (1 - lateHere)]);
      }
      rates.push(found);
    }
  }
  return rates;
}

/**
 * The stationary distribution by the algorithm of Grassmann, Taksar and Heyman (Operations Research
 * 33, 1985): elimination without a single subtraction, so that the smallest probabilities are as
 * exact as the largest. A state only reaches those up to `reach` away, so the rest of the matrix
 * stays empty.
 */
export function stationary(
  rates: readonly (readonly (readonly [number, number])[])[],
  reach: number,
): Float64Array {
  const states = rates.length;
  const width = 2 * reach + 1;
  const matrix = new Float64Array(states * width);
  const place = (from: number, to: number): number => from * width + to - from + reach;
  rates.forEach((found, from) => {
    for (const [to, rate] of found) matrix[place(from, to)]! += rate;
  });
  for (let state = states - 1; state > 0; state--) {
    const first = Math.max(0, state - reach);
    let out = 0;
    for (let to = first; to < state; to++) out += matrix[place(state, to)]!;
    for (let from = first; from < state; from++) {
      const share = matrix[place(from, state)]! / out;
      matrix[place(from, state)] = share;
      for (let to = first; to < state; to++) {
        matrix[place(from, to)]! += share * matrix[place(state, to)]!;
      }
    }
  }
  const probabilities = new Float64Array(states);
  probabilities[0] = 1;
  let sum = 1;
  for (let state = 1; state < states; state++) {
    let probability = 0;
    for (let from = Math.max(0, state - reach); from < state; from++) {
      probability += probabilities[from]! * matrix[place(from, state)]!;
    }
    probabilities[state] = probability;
    sum += probability;
  }
  return probabilities.map((probability) => probability / sum);
}

export function solve(queue: RetryQueue): Stationary {
  const { places, orbit } = queue;
  const probabilities = stationary(transitions(queue), orbit + 1);
  let inSystem = 0;
  let inOrbit = 0;
  let full = 0;
  probabilities.forEach((probability, state) => {
    const q = Math.floor(state / orbit);
    inSystem += q * probability;
    inOrbit += (state % orbit) * probability;
    if (q === places - 1) full += probability;
  });
  return { inSystem, inOrbit, full };
}
