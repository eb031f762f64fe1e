import type { QueueSample } from '../../signals/run.ts';
import { Level } from '../../signals/level.ts';
import { Recorder } from '../../signals/recorder.ts';

/** Counts what happens to the messages of one queue, until the interval ends. */
export class QueueMeter {
  /** Messages that wait, delayed ones included. */
  readonly backlog = new Level();
  /** Deliveries that consumers work on. */
  readonly inWork = new Level();
  readonly #publishedBy: number[];
  #refused = 0;
  #delivered = 0;
  #redelivered = 0;
  #expired = 0;
  #firstFailed = 0;
  #againFailed = 0;
  #done = 0;
  #duplicates = 0;
  #deadLetters = 0;
  readonly #latency = new Recorder();

  /** @param publishers how many services put messages into it */
  constructor(publishers: number) {
    this.#publishedBy = Array.from({ length: publishers }, () => 0);
  }

  /** `publisher`: which of the services that may. */
  published(publisher: number): void {
    this.#publishedBy[publisher]!++;
  }

  /** A message found the queue full. */
  refused(): void {
    this.#refused++;
  }

  delivered(again: boolean): void {
    this.#delivered++;
    if (again) this.#redelivered++;
  }

  /** A delivery ended in vain, or took too long; `again`: not the first of its message. */
  failed(again: boolean): void {
    if (again) this.#againFailed++;
    else this.#firstFailed++;
  }

  /** A delivery took too long. */
  expired(): void {
    this.#expired++;
  }

  /** A message was processed for the first time, so long after its publication. */
  done(latencyMs: number): void {
    this.#done++;
    this.#latency.record(latencyMs);
  }

  /** A message was processed once more. */
  duplicated(): void {
    this.#duplicates++;
  }

  deadLettered(): void {
    this.#deadLetters++;
  }

  flush(fromNs: number, nowNs: number, oldestMs: number): QueueSample {
    const backlogMax = this.backlog.max;
    const sample = {
      published: this.#publishedBy.reduce((sum, count) => sum + count, 0),
      refused: this.#refused,
      publishedBy: [...this.#publishedBy],
      delivered: this.#delivered,
      redelivered: this.#redelivered,
      expired: this.#expired,
      firstFailed: this.#firstFailed,
      againFailed: this.#againFailed,
      done: this.#done,
      duplicates: this.#duplicates,
      deadLetters: this.#deadLetters,
      latency: this.#latency.flush(),
      backlogMean: this.backlog.flush(fromNs, nowNs),
      backlogMax,
      inWorkMean: this.inWork.flush(fromNs, nowNs),
      oldestMs,
    };
    this.#publishedBy.fill(0);
    this.#refused = 0;
    this.#delivered = 0;
    this.#redelivered = 0;
    this.#expired = 0;
    this.#firstFailed = 0;
    this.#againFailed = 0;
    this.#done = 0;
    this.#duplicates = 0;
    this.#deadLetters = 0;
    return sample;
  }
}
