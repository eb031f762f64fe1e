import type { Socket } from 'node:net';

import type { Connection } from '../connection.ts';
import type { Direction } from '../fault.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Hit } from '../plan/hit.ts';
import { DelayLine } from './delay-line.ts';
import { type Closing, Parcel } from './parcel.ts';

/**
 * Bytes that may be under way in one direction before the sender is held back: what Linux's netem
 * holds by default, 1,000 packets of 1,500 bytes (tc-netem(8), `limit`).
 */
const underWayMax = 1_500_000;

/** Bytes this close behind others are the same burst: nobody has waited for an answer. */
const sameBurstMs = 5;

/**
 * A client on libuv, such as Node, takes a reset that is there when it reads the bytes before it
 * for an orderly end. What is told apart by its time is told apart by all.
 */
const resetGapMs = 20;

const nothing = Buffer.alloc(0);

/** One direction of a connection: from what arrives at one socket to what leaves by the other. */
export class Flow {
  readonly direction: Direction;
  /** Bytes vanish: what is taken goes nowhere. */
  isDropping = false;
  /** When the latest bytes arrived. */
  arrivedMs = -Infinity;
  readonly #connection: Connection;
  readonly #source: Socket;
  readonly #sink: Socket;
  readonly #line: DelayLine;
  #isSinkFull = false;
  #isLineFull = false;
  #isSinkGone = false;
  #hasEnded = false;

  constructor(connection: Connection, direction: Direction, source: Socket, sink: Socket) {
    this.#connection = connection;
    this.direction = direction;
    this.#source = source;
    this.#sink = sink;
    this.#line = new DelayLine(connection.clock, (parcel) => this.#leave(parcel));
    sink.on('drain', () => {
      this.#isSinkFull = false;
      this.#line.release();
      this.#holdBack();
    });
  }

  /** Whether bytes may go straight through. */
  get isClear(): boolean {
    return this.#line.isEmpty && !this.isDropping && !this.#isSinkGone && !this.#hasEnded;
  }

  /** Bytes that no fault touches. */
  pass(data: Buffer): void {
    if (!this.#sink.write(data)) {
      this.#isSinkFull = true;
      this.#holdBack();
    }
  }

  /**
   * Whether bytes that arrive now begin something: after a turn of the talk, or after a silence.
   */
  isFreshAt(nowMs: number, otherArrivedMs: number): boolean {
    return otherArrivedMs > this.arrivedMs || nowMs - this.arrivedMs > sameBurstMs;
  }

  /** Bytes that faults may touch, or that wait behind such. */
  take(parcel: Parcel): void {
    if (this.isDropping || this.#isSinkGone || this.#hasEnded) return;
    const hits = this.#connection.hitsOn(this.direction, parcel.exchange);
    for (const hit of hits) {
      hit.fault.runner.cut?.(hit, parcel, this);
      if (this.isDropping) return;
    }
    let parcels = parcel.closes === 'reset' ? resetApart(parcel) : [parcel];
    for (const hit of hits) {
      const { split } = hit.fault.runner;
      if (split !== undefined) parcels = parcels.flatMap((each) => split(hit, each));
    }
    for (const each of parcels) {
      for (const hit of hits) {
        const { delayMs } = hit.fault.runner;
        if (delayMs !== undefined) each.delayBy(hit.fault, delayMs(hit, each));
      }
      this.#line.push(each);
    }
    if (parcels.at(-1)!.closes !== 'no') this.#hasEnded = true;
    this.#go();
  }

  /** The source has ended, or was reset. `completes`: the response of which that is the end. */
  takeClose(how: 'end' | 'reset', completes: Exchange | undefined): void {
    // What vanishes must not seem to have arrived: without its bytes the stream ends for both.
    if (this.isDropping && !this.#connection.hasLostPeers) return this.#connection.close();
    if (this.isDropping || this.#isSinkGone || this.#hasEnded) return;
    this.#hasEnded = true;
    const parcel = new Parcel(nothing, this.#connection.clock.now(), completes, true);
    parcel.closes = how;
    parcel.completes = completes !== undefined;
    for (const hit of this.#connection.hitsOn(this.direction, completes)) {
      const { endDelayMs } = hit.fault.runner;
      if (endDelayMs !== undefined) parcel.delayBy(hit.fault, endDelayMs(hit));
    }
    this.#line.push(parcel);
    this.#go();
  }

  /** A fault was taken down. */
  relieve(hit: Hit): void {
    this.#line.relieve(hit.fault);
    this.#go();
  }

  /** From now on everything vanishes, what is under way too. */
  drop(): void {
    this.isDropping = true;
    this.#stop();
  }

  /** Nobody is there to write to any more. */
  sinkGone(): void {
    this.#isSinkGone = true;
    this.#stop();
  }

  #stop(): void {
    this.#line.clear();
    this.#isSinkFull = false;
    this.#holdBack();
  }

  #go(): void {
    if (!this.#isSinkFull) this.#line.release();
    this.#holdBack();
  }

  /** The sender is told to wait while the receiver, or the line, is full. */
  #holdBack(): void {
    if (this.#line.bytes > underWayMax) this.#isLineFull = true;
    else if (this.#line.bytes <= underWayMax / 2) this.#isLineFull = false;
    const holds = this.#isSinkFull || this.#isLineFull;
    if (holds === this.#source.isPaused()) return;
    if (holds) this.#source.pause();
    else this.#source.resume();
  }

  /** Whether another may follow at once. */
  #leave(parcel: Parcel): boolean {
    const { data, exchange } = parcel;
    let isWritten = true;
    if (data.length > 0) isWritten = this.#sink.write(data);
    if (parcel.completes) exchange?.completed(this.#connection.clock.now());
    if (parcel.closes !== 'no') this.#close(parcel.closes);
    else if (!isWritten) this.#isSinkFull = true;
    else if (parcel.alone && this.#sink.writableLength > 0) return this.#waitUntilSent();
    this.#holdBack();
    return isWritten;
  }

  /** What is written while something else is would leave in one segment with it. */
  #waitUntilSent(): boolean {
    this.#isSinkFull = true;
    this.#sink.write(nothing, () => {
      this.#isSinkFull = false;
      this.#go();
    });
    return false;
  }

  #close(how: Closing): void {
    if (how === 'end') this.#sink.end();
    else if (how === 'both') this.#connection.close();
    else if (how === 'lose') this.#connection.losePeers();
    // A reset destroys what has not been handed to the kernel.
    else if (this.#sink.writableLength === 0) this.#connection.reset();
    else this.#sink.write(nothing, () => this.#connection.reset());
  }
}

/** The reset follows the bytes before it after a gap. */
function resetApart(parcel: Parcel): Parcel[] {
  if (parcel.data.length === 0) return [parcel];
  const reset = parcel.splitAt(parcel.data.length);
  reset.dueMs += resetGapMs;
  return [parcel, reset];
}
