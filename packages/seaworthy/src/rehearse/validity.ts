import { Histogram } from '../signals/histogram.ts';
import type { Model } from '../model/model.ts';
import type { LoadReading } from './load/load.ts';
import { totalOf } from './signals/edge-sample.ts';

/** With fewer, a share of a tenth would as a rule not be seen at all. */
const touchedMin = 10;

/** Times of fewer say little about those that are rare. */
const calmMin = 20;

/** More would be seen in a success of 99 %. */
const lateShareMax = 0.01;

/** Lateness below it is that of a machine at work; above it, it must not be much beside latency. */
const latenessMinMs = 10;
const latenessShareMax = 0.1;

/** What a fault had to do with. */
export interface FaultReach {
  readonly text: string;
  /** Requests, or bursts of bytes, that it hit or that came by while it was up. */
  readonly touched: number;
  /** How many answers its factor was taken from. Undefined: it has none. */
  readonly calm: number | undefined;
}

/** Why the faults did not do their part. Empty: they did. */
export function faultReasons(reaches: readonly FaultReach[]): readonly string[] {
  return reaches.flatMap(({ text, touched, calm }) => {
    if (calm !== undefined && calm < calmMin) {
      return [`"${text}" had only ${counted(calm, 'answer')} before it to take times from`];
    }
    return touched < touchedMin ? [`"${text}" touched only ${counted(touched, 'request')}`] : [];
  });
}

/** Adds up what one source's generator did, and tells whether it was the bottleneck. */
export class GeneratorWatch {
  readonly #source: string;
  readonly #maxConnections: number;
  readonly #lateness = new Histogram();
  readonly #latency = new Histogram();
  #offered = 0;
  #late = 0;

  constructor(source: Model['sources'][number], maxConnections: number) {
    this.#source = source.name;
    this.#maxConnections = maxConnections;
  }

  add({ offered, late, lateness, latency }: LoadReading): void {
    this.#offered += offered;
    this.#late += totalOf(late);
    this.#lateness.merge(lateness);
    this.#latency.merge(latency);
  }

  /** Why what it measured says nothing. Empty: it does. */
  reasons(): readonly string[] {
    if (this.#late > this.#offered * lateShareMax) {
      const many = `${this.#late} of ${counted(this.#offered, 'request')}`;
      return [
        `the load generator was late: ${many} of ${this.#source} found none of its ` +
          `${this.#maxConnections} connections free in time`,
      ];
    }
    const lateMs = this.#lateness.quantile(0.99);
    const shareMs = this.#latency.count === 0 ? 0 : this.#latency.quantile(0.99) * latenessShareMax;
    if (!(lateMs > latenessMinMs && lateMs > shareMs)) return [];
    const late = `one in a hundred requests of ${this.#source} by ${Math.round(lateMs)} ms`;
    return [`the load generator was late: ${late}`];
  }
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
