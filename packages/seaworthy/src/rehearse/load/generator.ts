import type { Clock, Timer } from '@seaworthy/policy/engine';

import { sourceStream, ArrivalProcess } from '../../traffic/open-arrivals.ts';
import {
  Connection,
  type ConnectionOwner,
  type Endpoint,
  type Problem,
} from './client/connection.ts';
import { requestBytes } from './client/request-bytes.ts';
import type { Feed } from './feed/feed.ts';
import { OpenFeed } from './feed/open-feed.ts';
import { RequestChoice } from './feed/request-choice.ts';
import { LoadMeter } from './measure/meter.ts';
import type { LoadReading } from './measure/reading.ts';
import { Pacer } from './pacer.ts';
import type { LoadPlan } from './plan.ts';
import { type LoadTask, TaskList } from './task.ts';

export interface GeneratorParts {
  readonly clock: Clock;
  readonly nextTurn: (run: () => void) => void;
  /** When the load starts, by the clock. */
  readonly startMs: number;
}

/** So many arrivals in one turn, when it is behind: the answers are to be read, too. */
const arrivalsPerTurn = 64;

/** Makes the load of a plan in this thread. */
export class Generator implements ConnectionOwner {
  readonly #plan: LoadPlan;
  readonly #clock: Clock;
  readonly #startMs: number;
  readonly #endpoint: Endpoint;
  readonly #messages: readonly { readonly bytes: Buffer; readonly isHead: boolean }[];
  readonly #feed: Feed;
  readonly #meter = new LoadMeter();
  readonly #pacer: Pacer;
  readonly #connections = new Set<Connection>();
  /** The one that was used last comes first, so that no more are kept busy than are needed. */
  readonly #idle: Connection[] = [];
  readonly #inFlight = new TaskList();
  readonly #waiting = new TaskList();
  #timer: Timer = undefined;
  #isStopped = false;
  #whenIdle: (() => void) | undefined = undefined;

  constructor(plan: LoadPlan, { clock, nextTurn, startMs }: GeneratorParts) {
    const target = new URL(plan.target);
    this.#plan = plan;
    this.#clock = clock;
    this.#startMs = startMs;
    this.#endpoint = endpointOf(target);
    this.#messages = plan.requests.map((request) => ({
      bytes: requestBytes(request, target),
      isHead: request.method === 'HEAD',
    }));
    this.#feed = feedOf(plan);
    this.#pacer = new Pacer(clock, nextTurn, () => this.#arrive());
    this.#schedule();
  }

  /** Everything since the reading before. */
  read(): LoadReading {
    return this.#meter.read(this.#nowMs());
  }

  /** Nothing arrives any more; what is under way after `graceMs` is dropped. */
  stop(graceMs: number): Promise<LoadReading> {
    this.#isStopped = true;
    this.#pacer.wakeAt(Infinity);
    return new Promise((resolve) => {
      const end = (): void => {
        this.#clock.cancel(grace);
        this.#whenIdle = undefined;
        resolve(this.#end());
      };
      const grace = this.#clock.after(graceMs, end);
      this.#whenIdle = end;
      this.#lookIdle();
    });
  }

  /** Whether the last of the tasks has its outcome, and somebody wants to know. */
  #lookIdle(): void {
    if (this.#waiting.size === 0 && this.#inFlight.size === 0) this.#whenIdle?.();
  }

  #end(): LoadReading {
    this.#clock.cancel(this.#timer);
    for (const list of [this.#waiting, this.#inFlight]) {
      while (list.shift() !== undefined) this.#meter.unfinished();
    }
    for (const connection of this.#connections) connection.destroy();
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

  #arrive(): void {
    for (let count = 0; count < arrivalsPerTurn; count++) {
      const nowMs = this.#nowMs();
      const { nextMs } = this.#feed;
      if (nextMs > nowMs || nextMs >= this.#plan.durationMs) break;
      this.#offer(this.#feed.take(), nowMs);
    }
    this.#schedule();
  }

  #offer(task: LoadTask, nowMs: number): void {
    this.#meter.offered(task, nowMs);
    const connection = this.#waiting.size === 0 ? this.#freeConnection() : undefined;
    if (connection !== undefined) {
      this.#start(task, connection, nowMs);
      return;
    }
    this.#waiting.append(task);
    this.#meter.waits(nowMs);
    this.#watchTimeouts();
  }

  #freeConnection(): Connection | undefined {
    for (;;) {
      const idle = this.#idle.pop();
      if (idle === undefined) break;
      if (!idle.isClosed) return idle;
    }
    if (this.#connections.size >= this.#plan.maxConnections) return undefined;
    const connection = new Connection(this.#endpoint, this);
    this.#connections.add(connection);
    this.#meter.opens(this.#nowMs());
    return connection;
  }

  #start(task: LoadTask, connection: Connection, nowMs: number): void {
    const { bytes, isHead } = this.#messages[task.request]!;
    task.startedMs = nowMs;
    task.connection = connection;
    this.#inFlight.append(task);
    this.#meter.started(nowMs - task.intendedMs, nowMs);
    this.#watchTimeouts();
    connection.send(task, bytes, isHead);
  }

  #watchTimeouts(): void {
    if (this.#timer !== undefined) return;
    const first = Math.min(dueMs(this.#inFlight), dueMs(this.#waiting));
    if (first === Infinity) return;
    const leftMs = first + this.#plan.timeoutMs - this.#nowMs();
    this.#timer = this.#clock.after(leftMs, () => this.#timeOut());
  }

  #timeOut(): void {
    this.#timer = undefined;
    const nowMs = this.#nowMs();
    const latestMs = nowMs - this.#plan.timeoutMs;
    while (dueMs(this.#waiting) <= latestMs) {
      this.#waiting.shift();
      this.#meter.waitsNoMore(nowMs);
      this.#meter.late('all connections busy');
    }
    while (dueMs(this.#inFlight) <= latestMs) {
      const task = this.#inFlight.shift()!;
      this.#meter.failed(task, 'timeout', 'no answer in time', nowMs);
      task.connection!.destroy();
    }
    this.#watchTimeouts();
    this.#lookIdle();
  }

  connected(): void {
    this.#meter.connected();
  }

  answered(connection: Connection, task: LoadTask, status: number): void {
    this.#inFlight.remove(task);
    this.#meter.answered(task, status, this.#nowMs());
    if (connection.isReusable) this.#reuse(connection);
    this.#lookIdle();
  }

  broke(task: LoadTask, { reason, text }: Problem): void {
    this.#inFlight.remove(task);
    if (reason === 'generator') {
      this.#meter.startedInVain(this.#nowMs());
      this.#meter.late(text);
    } else {
      this.#meter.failed(task, reason, text, this.#nowMs());
    }
    this.#lookIdle();
  }

  closed(connection: Connection): void {
    this.#connections.delete(connection);
    this.#meter.closed(this.#nowMs());
    if (this.#isStopped || this.#waiting.size === 0) return;
    const fresh = this.#freeConnection();
    if (fresh !== undefined) this.#reuse(fresh);
  }

  #reuse(connection: Connection): void {
    const task = this.#waiting.shift();
    if (task === undefined) {
      this.#idle.push(connection);
      return;
    }
    const nowMs = this.#nowMs();
    this.#meter.waitsNoMore(nowMs);
    this.#start(task, connection, nowMs);
  }
}

/** When the first of them was due; they are in that order. */
function dueMs({ first }: TaskList): number {
  return first === undefined ? Infinity : first.intendedMs;
}

function endpointOf({ protocol, hostname, port }: URL): Endpoint {
  const isTls = protocol === 'https:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const serverName = isTls ? host : undefined;
  return { host, port: Number(port || (isTls ? 443 : 80)), serverName };
}

function feedOf({ arrivals, requests, seed, source }: LoadPlan): Feed {
  const draw = (purpose: string) => sourceStream(seed, source, purpose);
  const choice = new RequestChoice(
    requests.map(({ weight }) => weight),
    draw('requests'),
  );
  if (arrivals.kind !== 'open') throw new Error(`no feed for ${arrivals.kind} arrivals yet`);
  return new OpenFeed(new ArrivalProcess(arrivals, arrivals.bursts, draw('arrivals')), choice);
}
