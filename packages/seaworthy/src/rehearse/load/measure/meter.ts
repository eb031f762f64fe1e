import { Histogram } from '../../../signals/histogram.ts';
import { Level } from '../../../signals/level.ts';
import { reasonOfStatus } from '../../proxy/http/reason-of-status.ts';
import type { LoadTask } from '../task.ts';
import type { LoopReading } from '../watch/loop-watch.ts';
import type { LoadReading } from './reading.ts';

const NS_PER_MS = 1e6;

function noCounters() {
  return {
    offered: 0,
    succeeded: 0,
    failed: {} as Record<string, number>,
    late: {} as Record<string, number>,
    unfinished: 0,
    statuses: {} as Record<string, number>,
    problems: {} as Record<string, number>,
    latency: new Histogram(),
    latencyFailed: new Histogram(),
    serviceTime: new Histogram(),
    lateness: new Histogram(),
    connectionWait: new Histogram(),
    connected: 0,
  };
}

/** What the meter knows of a reading. */
type MeterReading = Omit<LoadReading, keyof LoopReading>;

/** Counts what becomes of arrivals, from one reading to the next. */
export class LoadMeter {
  #counters = noCounters();
  #fromMs = 0;
  readonly #connections = new Level();
  readonly #inFlight = new Level();
  readonly #waiting = new Level();

  offered(task: LoadTask, nowMs: number): void {
    task.takenMs = nowMs;
    this.#counters.offered++;
    this.#counters.lateness.record(nowMs - task.intendedMs);
  }

  waits(nowMs: number): void {
    this.#waiting.change(1, nowMs * NS_PER_MS);
  }

  waitsNoMore(nowMs: number): void {
    this.#waiting.change(-1, nowMs * NS_PER_MS);
  }

  /** It has a connection. */
  started(task: LoadTask, nowMs: number): void {
    this.#counters.connectionWait.record(nowMs - task.takenMs);
    this.#inFlight.change(1, nowMs * NS_PER_MS);
  }

  answered(task: LoadTask, status: number, nowMs: number): void {
    const counters = this.#counters;
    this.#inFlight.change(-1, nowMs * NS_PER_MS);
    counters.serviceTime.record(nowMs - task.startedMs);
    count(counters.statuses, `${status}`);
    const reason = reasonOfStatus(status);
    if (reason === undefined) {
      counters.succeeded++;
      counters.latency.record(nowMs - task.intendedMs);
    } else {
      count(counters.failed, reason);
      counters.latencyFailed.record(nowMs - task.intendedMs);
    }
  }

  /** It was sent, or was about to be, and there was no answer. */
  failed(task: LoadTask, reason: string, problem: string, nowMs: number): void {
    this.#inFlight.change(-1, nowMs * NS_PER_MS);
    count(this.#counters.failed, reason);
    count(this.#counters.problems, problem);
    this.#counters.latencyFailed.record(nowMs - task.intendedMs);
  }

  /** Nothing of it was sent. */
  late(why: string): void {
    count(this.#counters.late, why);
  }

  /** It is under way no more, without an answer and without a failure of the target. */
  dropped(nowMs: number): void {
    this.#inFlight.change(-1, nowMs * NS_PER_MS);
  }

  /** It had no outcome when the load ended. */
  unfinished(): void {
    this.#counters.unfinished++;
  }

  opens(nowMs: number): void {
    this.#connections.change(1, nowMs * NS_PER_MS);
  }

  connected(): void {
    this.#counters.connected++;
  }

  closed(nowMs: number): void {
    this.#connections.change(-1, nowMs * NS_PER_MS);
  }

  /** Everything since the reading before. */
  read(nowMs: number): MeterReading {
    const fromMs = this.#fromMs;
    const counters = this.#counters;
    this.#counters = noCounters();
    this.#fromMs = nowMs;
    const connectionsMax = this.#connections.max;
    const inFlightMax = this.#inFlight.max;
    const waitingMax = this.#waiting.max;
    const fromNs = fromMs * NS_PER_MS;
    const nowNs = nowMs * NS_PER_MS;
    this.#connections.flush(fromNs, nowNs);
    this.#waiting.flush(fromNs, nowNs);
    return {
      ...counters,
      fromMs,
      toMs: nowMs,
      connections: this.#connections.value,
      connectionsMax,
      inFlight: this.#inFlight.value,
      inFlightMean: this.#inFlight.flush(fromNs, nowNs),
      inFlightMax,
      waiting: this.#waiting.value,
      waitingMax,
    };
  }
}

function count(counts: Record<string, number>, word: string): void {
  counts[word] = (counts[word] ?? 0) + 1;
}
