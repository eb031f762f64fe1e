import type { Rows } from '../../model/model.ts';
import { NS_PER_MS } from '../../model/chance/sampler.ts';
import { RowsMeter } from '../measure/rows-meter.ts';
import type { Requests } from './requests.ts';
import { WaitingLine } from './waiting-line.ts';

const NONE = -1;

/**
 * Rows that requests lock, one request a row at a time, first come, first served; and versions that
 * tell a writer whether the row is still what it read. A request, or a branch of one, locks at most
 * one of them at a time, in the order in which the model has them: so locks cannot deadlock.
 */
export class RowsRuntime {
  readonly model: Rows;
  readonly meter = new RowsMeter();
  readonly #requests: Requests;
  /** Who has locked each row. */
  readonly #holder: Int32Array;
  /** Who waits for each row; made when somebody first does. */
  readonly #lines: (WaitingLine | undefined)[] = [];
  readonly #versions: Float64Array;
  /** Of each request: the row that it has locked or waits for. */
  #wanted = new Int32Array(0);
  #askedNs = new Float64Array(0);
  /** Of each request: the row that it has read, and its version then. */
  #read = new Int32Array(0);
  #readVersion = new Float64Array(0);

  constructor(model: Rows, requests: Requests) {
    this.model = model;
    this.#requests = requests;
    this.#holder = new Int32Array(model.count).fill(NONE);
    this.#versions = new Float64Array(model.count);
  }

  /** A request wants a row. False: it has to wait, and {@link release} will hand it over. */
  lock(request: number, row: number, nowNs: number): boolean {
    if (request >= this.#wanted.length) this.#grow();
    this.#wanted[request] = row;
    this.#askedNs[request] = nowNs;
    if (this.#holder[row] === NONE) {
      this.#grant(request, row, nowNs);
      this.meter.held.change(1, nowNs);
      return true;
    }
    (this.#lines[row] ??= new WaitingLine()).push(request, this.#requests.tickets);
    this.meter.queue.change(1, nowNs);
    return false;
  }

  /** A request stops to wait. */
  leave(request: number, nowNs: number): void {
    this.#lines[this.#wanted[request]!]!.leave(request, this.#requests.tickets);
    this.#wanted[request] = NONE;
    this.meter.queue.change(-1, nowNs);
    this.meter.gaveUp();
  }

  /**
   * A request gives its lock back, where it has one. Returns the request that has it now, -1 for
   * none.
   */
  release(request: number, nowNs: number): number {
    const row = this.#wanted[request] ?? NONE;
    if (row === NONE || this.#holder[row] !== request) return NONE;
    this.#wanted[request] = NONE;
    const line = this.#lines[row];
    if (line === undefined || line.length === 0) {
      this.#holder[row] = NONE;
      this.meter.held.change(-1, nowNs);
      return NONE;
    }
    const next = line.take(false, this.#requests.tickets);
    this.meter.queue.change(-1, nowNs);
    this.#grant(next, row, nowNs);
    return next;
  }

  read(request: number, row: number): void {
    if (request >= this.#wanted.length) this.#grow();
    this.#read[request] = row;
    this.#readVersion[request] = this.#versions[row]!;
  }

  /** Writes the row that `reader` has read; false when somebody has written it since. */
  write(reader: number): boolean {
    const row = this.#read[reader]!;
    const unchanged = this.#versions[row] === this.#readVersion[reader];
    if (unchanged) this.#versions[row]!++;
    this.meter.written(!unchanged);
    return unchanged;
  }

  #grant(request: number, row: number, nowNs: number): void {
    this.#holder[row] = request;
    this.meter.locked((nowNs - this.#askedNs[request]!) / NS_PER_MS);
  }

  #grow(): void {
    const capacity = this.#requests.place.length;
    const before = this.#wanted.length;
    this.#wanted = copied(this.#wanted, new Int32Array(capacity)).fill(NONE, before);
    this.#askedNs = copied(this.#askedNs, new Float64Array(capacity));
    this.#read = copied(this.#read, new Int32Array(capacity));
    this.#readVersion = copied(this.#readVersion, new Float64Array(capacity));
  }
}

function copied<A extends Int32Array | Float64Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
