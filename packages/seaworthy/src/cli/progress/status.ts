import type { Sample } from '../../signals/sample.ts';
import type { ProgressEvent } from './event.ts';

type Began = Extract<ProgressEvent, { kind: 'scenario-began' | 'change-began' }>;

/** Where a scenario is, put together from the events. */
export class Status {
  readonly began: Began;
  readonly #startedMs: number;
  readonly #atMs: number[];
  readonly #samples: (Sample | undefined)[];
  stopping = false;

  /** @param nowMs wall time */
  constructor(began: Began, nowMs: number) {
    this.began = began;
    this.#startedMs = nowMs;
    this.#atMs = Array.from({ length: began.replications }, () => 0);
    this.#samples = Array.from({ length: began.replications }, () => undefined);
  }

  add(replication: number, sample: Sample): void {
    this.#atMs[replication] = sample.atMs;
    this.#samples[replication] = sample;
  }

  /** Of all the virtual time there is to go, 0 to 1. */
  get share(): number {
    return this.#simulatedMs / (this.began.durationMs * this.began.replications);
  }

  get replicationsDone(): number {
    return this.#atMs.filter((atMs) => atMs >= this.began.durationMs).length;
  }

  /**
   * The latest of the first replication that still runs, so that the picture does not jump between
   * them.
   */
  get sample(): Sample | undefined {
    const running = this.#samples.find(
      (sample) => sample !== undefined && sample.atMs < this.began.durationMs,
    );
    return running ?? this.#samples.findLast((sample) => sample !== undefined);
  }

  /** What the scenario did last, at the time of the sample. */
  get lastMoment(): Began['moments'][number] | undefined {
    const atMs = this.sample?.atMs ?? 0;
    return this.began.moments.findLast((moment) => moment.atMs <= atMs);
  }

  timesRealTime(nowMs: number): number {
    return this.#simulatedMs / (nowMs - this.#startedMs);
  }

  /** Undefined before there is anything to go by. */
  leftMs(nowMs: number): number | undefined {
    if (this.share === 0) return undefined;
    return ((nowMs - this.#startedMs) * (1 - this.share)) / this.share;
  }

  get #simulatedMs(): number {
    let sum = 0;
    for (const atMs of this.#atMs) sum += atMs;
    return sum;
  }
}
