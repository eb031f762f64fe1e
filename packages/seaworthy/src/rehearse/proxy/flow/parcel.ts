import type { Exchange } from '../http/exchange.ts';
import type { ActiveFault } from '../plan/active-fault.ts';

interface Delay {
  readonly fault: ActiveFault;
  readonly ms: number;
}

/**
 * What may follow the bytes: the end of this direction, or of both, a reset of both ends, or
 * silence for ever, of which neither end is told.
 */
export type Closing = 'end' | 'both' | 'reset' | 'lose';

/** Bytes on their way from one end to the other, or the end of them. */
export class Parcel {
  data: Buffer;
  readonly arrivedMs: number;
  /** The request or response they are a part of. */
  readonly exchange: Exchange | undefined;
  /** They begin a message, or follow after a silence. */
  isFresh: boolean;
  /** They are the last bytes of their response. */
  completes = false;
  /** No other bytes may leave in the same segment. */
  alone = false;
  /** Where a slicer has cut: which piece it is. */
  slice = 0;
  closes: 'no' | Closing = 'no';
  /** What faults have added, for each of them may be taken down before the parcel leaves. */
  private delays: Delay[] = [];
  dueMs: number;

  constructor(data: Buffer, nowMs: number, exchange: Exchange | undefined, isFresh: boolean) {
    this.data = data;
    this.arrivedMs = nowMs;
    this.dueMs = nowMs;
    this.exchange = exchange;
    this.isFresh = isFresh;
  }

  delayBy(fault: ActiveFault, ms: number): void {
    if (!(ms > 0)) return;
    this.delays.push({ fault, ms });
    this.dueMs += ms;
  }

  /** Takes away what a fault has added; what waits in front of it is for the line to say. */
  relieve(fault: ActiveFault): void {
    this.delays = this.delays.filter((delay) => delay.fault !== fault);
    this.dueMs = this.delays.reduce((sum, delay) => sum + delay.ms, this.arrivedMs);
  }

  /** Only so many of its bytes are left, and something follows them. */
  closeAfter(bytes: number, closes: Closing): void {
    if (bytes < this.data.length) this.splitAt(bytes);
    this.closes = closes;
  }

  /** Cuts it where it is longer; the second half follows in the same way. */
  splitAt(bytes: number): Parcel {
    const rest = new Parcel(this.data.subarray(bytes), this.arrivedMs, this.exchange, false);
    this.data = this.data.subarray(0, bytes);
    rest.completes = this.completes;
    rest.closes = this.closes;
    rest.alone = this.alone;
    rest.slice = this.slice;
    this.completes = false;
    this.closes = 'no';
    return rest;
  }
}
