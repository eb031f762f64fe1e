import { Level } from '../../../signals/level.ts';
import type { Direction } from '../fault.ts';
import type { Exchange } from '../http/exchange.ts';
import { reasonOfStatus } from '../http/reason-of-status.ts';
import { addCounters, type Counters, noCounters } from './counters.ts';
import type { EdgeReading } from './reading.ts';
import { ReplicaCounter } from './replica-counts.ts';
import { TaskCounter } from './task-counter.ts';
import { taskKeyOf } from './task-key.ts';

const NS_PER_MS = 1e6;

/** Measures one edge, from one reading to the next. */
export class EdgeMeter {
  /**
   * How many requests one replica of the callee works on at once: as long as fewer are under way to
   * all of them, none has to wait there. Infinity: unknown.
   */
  slots = Infinity;
  #counters = noCounters();
  /** Up to the reading before. */
  readonly #past = noCounters();
  readonly #tasks = new TaskCounter();
  readonly #replicas = new ReplicaCounter();
  readonly #connections = new Level();
  readonly #inFlight = new Level();
  readonly #startMs: number;
  #fromMs: number;

  constructor(nowMs: number) {
    this.#startMs = nowMs;
    this.#fromMs = nowMs;
  }

  /** Requests that are under way. */
  get inFlight(): number {
    return this.#inFlight.value;
  }

  accepted(nowMs: number): void {
    this.#counters.accepted++;
    this.#connections.change(1, this.#ns(nowMs));
  }

  disconnected(nowMs: number): void {
    this.#connections.change(-1, this.#ns(nowMs));
  }

  notAccepted(): void {
    this.#counters.notAccepted++;
  }

  unreachable(): void {
    this.#counters.unreachable++;
  }

  passed(direction: Direction, bytes: number): void {
    if (direction === 'upstream') this.#counters.bytesUpstream += bytes;
    else this.#counters.bytesDownstream += bytes;
  }

  /** The callee has answered bytes of the caller, or a command of Redis, without HTTP. */
  turned(ms: number): void {
    if (ms >= 0 && ms < Infinity) this.#counters.turn.record(ms);
  }

  exchangeBegan(exchange: Exchange, nowMs: number): void {
    this.#counters.offered++;
    this.#replicas.offered(exchange.replica);
    exchange.mayWait = this.#inFlight.value >= this.slots;
    this.#inFlight.change(1, this.#ns(nowMs));
  }

  /** The response has been handed on. */
  exchangeEnded(exchange: Exchange, nowMs: number): void {
    const { status, beganMs, requestedMs, answeredMs } = exchange;
    const counters = this.#counters;
    this.#leave(exchange, nowMs);
    counters.statuses[status] = (counters.statuses[status] ?? 0) + 1;
    const calleeTimeMs = answeredMs < 0 ? -1 : Math.max(0, answeredMs - requestedMs);
    if (calleeTimeMs >= 0) counters.calleeTime.record(calleeTimeMs);
    if (calleeTimeMs >= 0 && !exchange.mayWait) counters.serviceTime.record(calleeTimeMs);
    const reason = reasonOfStatus(status);
    this.#replicas.ended(exchange.replica, reason !== undefined, calleeTimeMs);
    if (reason === undefined) {
      counters.succeeded++;
      counters.latency.record(nowMs - beganMs);
    } else {
      this.#failed(reason, nowMs - beganMs);
    }
  }

  /** The connection ended first. */
  exchangeBroken(exchange: Exchange, byClient: boolean, nowMs: number): void {
    this.#leave(exchange, nowMs);
    this.#replicas.ended(exchange.replica, true, -1);
    this.#failed(byClient ? 'cancelled' : 'reset', nowMs - exchange.beganMs);
  }

  /** What looked like a request was none. */
  exchangeUnreadable(nowMs: number): void {
    this.#counters.offered--;
    this.#counters.unreadable++;
    this.#inFlight.change(-1, this.#ns(nowMs));
  }

  /** Everything since the reading before. */
  read(nowMs: number): EdgeReading {
    const counters = this.#counters;
    const fromMs = this.#fromMs;
    addCounters(this.#past, counters);
    this.#counters = noCounters();
    this.#fromMs = nowMs;
    const connectionsMax = this.#connections.max;
    const inFlightMax = this.#inFlight.max;
    return {
      ...counters,
      fromMs,
      toMs: nowMs,
      connections: this.#connections.value,
      connectionsMean: this.#connections.flush(this.#ns(fromMs), this.#ns(nowMs)),
      connectionsMax,
      inFlight: this.#inFlight.value,
      inFlightMean: this.#inFlight.flush(this.#ns(fromMs), this.#ns(nowMs)),
      inFlightMax,
      tasks: this.#tasks.take(),
      replicas: this.#replicas.take(),
    };
  }

  /** Everything since the start, whoever has read some of it. */
  total(): Counters {
    const total = noCounters();
    addCounters(total, this.#past);
    addCounters(total, this.#counters);
    return total;
  }

  #leave({ request }: Exchange, nowMs: number): void {
    this.#inFlight.change(-1, this.#ns(nowMs));
    this.#tasks.count(request === undefined ? undefined : taskKeyOf(request));
  }

  #failed(reason: string, ms: number): void {
    const { failed, latencyFailed } = this.#counters;
    failed[reason] = (failed[reason] ?? 0) + 1;
    latencyFailed.record(ms);
  }

  #ns(nowMs: number): number {
    return (nowMs - this.#startMs) * NS_PER_MS;
  }
}
