import type { Clock, Timer } from '@seaworthy/policy/engine';

import type { Connection, ConnectionOwner } from './client/connection.ts';
import type { Endpoint } from './client/endpoint.ts';
import { MessageMaker } from './client/message.ts';
import { Pool } from './client/pool.ts';
import type { Problem } from './client/problem.ts';
import type { Feed, Part } from './feed/feed.ts';
import { feedOf } from './feed/feed-of.ts';
import { valuesOf } from './feed/values-of.ts';
import { LoadMeter } from './measure/meter.ts';
import type { LoadReading } from './measure/reading.ts';
import { Pacer, type Turns } from './pacer.ts';
import type { LoadPlan } from './plan.ts';
import { type LoadTask, TaskList } from './task.ts';
import { LoopWatch } from './watch/loop-watch.ts';

export interface GeneratorParts {
  readonly clock: Clock;
  readonly turns: Turns;
  readonly endpoint: Endpoint;
  readonly part: Part;
  /** When the load starts, by the clock. */
  readonly startMs: number;
}

/** So many arrivals in one turn, when it is behind: the answers are to be read, too. */
const arrivalsPerTurn = 64;

const behind = 'the generator was behind';

/** Makes a load, or its part of one, in this thread. */
export class Generator implements ConnectionOwner {
  readonly #plan: LoadPlan;
  readonly #clock: Clock;
  readonly #startMs: number;
  readonly #makers: readonly MessageMaker[];
  readonly #feed: Feed;
  readonly #pool: Pool;
  readonly #meter = new LoadMeter();
  readonly #watch: LoopWatch;
  readonly #pacer: Pacer;
  /** Both in the order of their intended starts, so that the first is the first to time out. */
  readonly #inFlight = new TaskList();
  readonly #waiting = new TaskList();
  #timer: Timer = undefined;
  #isStopped = false;
  #whenSettled: (() => void) | undefined = undefined;

  constructor(plan: LoadPlan, { clock, turns, endpoint, part, startMs }: GeneratorParts) {
    const target = new URL(plan.target);
    this.#plan = plan;
    this.#clock = clock;
    this.#startMs = startMs;
    this.#makers = plan.requests.map((request) => new MessageMaker(request, target));
    this.#feed = feedOf(plan, part);
    // Each thread has its share; the first ones what does not divide.
    const share = Math.ceil((plan.maxConnections - part.index) / part.count);
    this.#pool = new Pool(endpoint, share, this);
    this.#watch = new LoopWatch(this.#nowMs());
    this.#pacer = new Pacer(clock, turns, this.#watch, () => this.#arrive());
    this.#schedule();
  }

  /** Everything since the reading before. */
  read(): LoadReading {
    const nowMs = this.#nowMs();
    return { ...this.#meter.read(nowMs), ...this.#watch.read(nowMs) };
  }

  /** Nothing arrives any more; what is under way after `graceMs` is dropped. The last reading. */
  stop(graceMs: number): Promise<LoadReading> {
    this.#leaveWhatIsDue();
    this.#isStopped = true;
    this.#pacer.wakeAt(Infinity);
    return new Promise((resolve) => {
      const end = (): void => {
        this.#clock.cancel(grace);
        this.#whenSettled = undefined;
        resolve(this.#end());
      };
      const grace = this.#clock.after(graceMs, end);
      this.#whenSettled = end;
      this.#lookSettled();
    });
  }

  /** What should have been sent by now, and was not: often the last one, more when it is behind. */
  #leaveWhatIsDue(): void {
    const nowMs = this.#nowMs();
    while (this.#isDue(nowMs)) {
      this.#meter.offered(this.#feed.take(), nowMs);
      this.#meter.unfinished();
    }
  }

  #end(): LoadReading {
    this.#clock.cancel(this.#timer);
    const nowMs = this.#nowMs();
    while (this.#waiting.shift() !== undefined) {
      this.#meter.waitsNoMore(nowMs);
      this.#meter.unfinished();
    }
    while (this.#inFlight.shift() !== undefined) {
      this.#meter.dropped(nowMs);
      this.#meter.unfinished();
    }
    this.#pool.destroyAll();
    return this.read();
  }

  #nowMs(): number {
    return this.#clock.now() - this.#startMs;
  }

  #schedule(): void {
    const { nextMs } = this.#feed;
    const isOver = this.#isStopped || nextMs >= this.#plan.durationMs;
    this.#pacer.wakeAt(isOver ? Infinity : this.#startMs + nextMs);
  }

  #isDue(nowMs: number): boolean {
    const { nextMs } = this.#feed;
    return nextMs <= nowMs && nextMs < this.#plan.durationMs;
  }

  #arrive(): void {
    for (let count = 0; count < arrivalsPerTurn; count++) {
      const nowMs = this.#nowMs();
      if (!this.#isDue(nowMs)) break;
      this.#offer(this.#feed.take(), nowMs);
    }
    this.#schedule();
  }

  #offer(task: LoadTask, nowMs: number): void {
    this.#watch.works();
    this.#meter.offered(task, nowMs);
    if (this.#isTooLate(task, nowMs)) {
      this.#meter.late(behind);
      this.#settled(task, nowMs);
      return;
    }
    // Those that wait already come first.
    const connection = this.#waiting.size === 0 ? this.#connection(nowMs) : undefined;
    if (connection !== undefined) {
      this.#start(task, connection, nowMs);
      return;
    }
    this.#waiting.append(task);
    this.#meter.waits(nowMs);
    this.#watchTimeouts();
  }

  #connection(nowMs: number): Connection | undefined {
    const before = this.#pool.size;
    const connection = this.#pool.take(nowMs);
    if (this.#pool.size > before) this.#meter.opens(nowMs);
    return connection;
  }

  #start(task: LoadTask, connection: Connection, nowMs: number): void {
    const message = this.#makers[task.request]!.make(() => valuesOf(this.#plan, task.number));
    task.startedMs = nowMs;
    task.connection = connection;
    this.#inFlight.append(task);
    this.#meter.started(task, nowMs);
    this.#watchTimeouts();
    connection.send(task, message);
  }

  #watchTimeouts(): void {
    if (this.#timer !== undefined) return;
    const firstMs = Math.min(intendedMs(this.#inFlight), intendedMs(this.#waiting));
    if (firstMs === Infinity) return;
    const leftMs = firstMs + this.#plan.timeoutMs - this.#nowMs();
    this.#timer = this.#clock.after(leftMs, () => this.#timeOut());
  }

  #timeOut(): void {
    this.#timer = undefined;
    const nowMs = this.#nowMs();
    this.#giveUpWaiting(nowMs);
    for (let task = this.#inFlight.first; task !== undefined; task = this.#inFlight.first) {
      if (!this.#isTooLate(task, nowMs)) break;
      this.#inFlight.remove(task);
      this.#meter.failed(task, 'timeout', 'no answer in time', nowMs);
      task.connection!.destroy();
      this.#settled(task, nowMs);
    }
    this.#watchTimeouts();
  }

  connected(): void {
    this.#watch.works();
    this.#meter.connected();
  }

  answered(connection: Connection, task: LoadTask, status: number): void {
    const nowMs = this.#nowMs();
    this.#watch.works();
    this.#inFlight.remove(task);
    this.#meter.answered(task, status, nowMs);
    if (connection.isReusable) this.#reuse(connection, nowMs);
    this.#settled(task, nowMs);
  }

  broke(task: LoadTask, { reason, text }: Problem): void {
    const nowMs = this.#nowMs();
    this.#inFlight.remove(task);
    if (reason === 'generator') {
      this.#meter.dropped(nowMs);
      this.#meter.late(text);
    } else {
      this.#meter.failed(task, reason, text, nowMs);
    }
    this.#settled(task, nowMs);
  }

  closed(connection: Connection): void {
    const nowMs = this.#nowMs();
    this.#pool.closed(connection);
    this.#meter.closed(nowMs);
    if (this.#waiting.size === 0) return;
    const fresh = this.#connection(nowMs);
    if (fresh !== undefined) this.#reuse(fresh, nowMs);
  }

  #reuse(connection: Connection, nowMs: number): void {
    this.#giveUpWaiting(nowMs);
    const task = this.#waiting.shift();
    if (task === undefined) {
      this.#pool.giveBack(connection, nowMs);
      return;
    }
    this.#meter.waitsNoMore(nowMs);
    this.#start(task, connection, nowMs);
  }

  /** Those that have waited for a connection until it is too late. */
  #giveUpWaiting(nowMs: number): void {
    for (let task = this.#waiting.first; task !== undefined; task = this.#waiting.first) {
      if (!this.#isTooLate(task, nowMs)) return;
      this.#waiting.remove(task);
      this.#meter.waitsNoMore(nowMs);
      this.#meter.late('all connections busy');
      this.#settled(task, nowMs);
    }
  }

  #isTooLate(task: LoadTask, nowMs: number): boolean {
    return nowMs - task.intendedMs >= this.#plan.timeoutMs;
  }

  /** It has its outcome. */
  #settled(task: LoadTask, nowMs: number): void {
    this.#feed.settled(task, nowMs);
    if (this.#plan.arrivals.kind === 'closed') this.#schedule();
    this.#lookSettled();
  }

  #lookSettled(): void {
    if (this.#waiting.size === 0 && this.#inFlight.size === 0) this.#whenSettled?.();
  }
}

/** Of the first of them; Infinity: there is none. */
function intendedMs({ first }: TaskList): number {
  return first === undefined ? Infinity : first.intendedMs;
}
