import type { Interval } from '../../signals/run.ts';

/** Requests in work or waiting, all services and limits together, at the mean over the interval. */
function backlogOf(interval: Interval): number {
  let sum = 0;
  for (const service of interval.services) sum += service.inFlightMean + service.queueMean;
  for (const edge of interval.edges) sum += edge.queueMean;
  return sum;
}

/**
 * How many are in the system over time: whether a collapse still grows, and whether a system is on
 * its way back.
 */
export class Backlog {
  readonly #levels: number[] = [];

  restart(): void {
    this.#levels.length = 0;
  }

  add(interval: Interval): void {
    this.#levels.push(backlogOf(interval));
  }

  /** Grows, without doubt, over so many intervals back from now. */
  rises(intervals: number): boolean {
    const [first, middle, last] = this.#thirds(intervals);
    // Ten percent and four deviations of a Poisson variate: what chance does not do.
    return last > first * 1.1 + 4 * Math.sqrt(first) + 4 && middle > first && last > middle;
  }

  /** Shrinks over so many intervals back from now. */
  falls(intervals: number): boolean {
    const [first, , last] = this.#thirds(intervals);
    return last < first - 2 * Math.sqrt(first);
  }

  #thirds(intervals: number): readonly [number, number, number] {
    if (this.#levels.length < Math.max(3, intervals)) return [0, 0, 0];
    const part = Math.floor(intervals / 3);
    const end = this.#levels.length;
    const mean = (from: number): number => {
      let sum = 0;
      for (let index = from; index < from + part; index++) sum += this.#levels[index] ?? 0;
      return sum / part;
    };
    return [mean(end - intervals), mean(end - 2 * part), mean(end - part)];
  }
}
