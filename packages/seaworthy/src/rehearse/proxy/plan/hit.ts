import type { Timer } from '@seaworthy/policy';

import type { Connection } from '../connection.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Direction } from '../fault.ts';
import type { ActiveFault } from './active-fault.ts';

/** A fault on one connection, or on one request of it. */
export class Hit {
  readonly fault: ActiveFault;
  readonly connection: Connection;
  /** Undefined: the whole connection. */
  readonly exchange: Exchange | undefined;
  /** For the effect: bytes so far, and the delay of what is under way (-1: none yet). */
  bytes = 0;
  delayMs = -1;
  timer: Timer = undefined;
  #isTold = false;

  constructor(fault: ActiveFault, connection: Connection, exchange: Exchange | undefined) {
    this.fault = fault;
    this.connection = connection;
    this.exchange = exchange;
  }

  /** Runs something later, unless the fault is taken down or the connection has gone by then. */
  after(delayMs: number, run: () => void): void {
    this.timer = this.connection.clock.after(delayMs, () => {
      this.timer = undefined;
      run();
    });
  }

  stop(): void {
    if (this.timer !== undefined) this.connection.clock.cancel(this.timer);
    this.timer = undefined;
  }

  /** Writes into the journal that it does something. */
  tell(what: string): void {
    this.#isTold = true;
    this.connection.tell(this, what);
  }

  /** The same, the first time only. */
  tellOnce(what: string): void {
    if (!this.#isTold) this.tell(what);
  }
}

/** Those of each way. */
export function noHits(): Record<Direction, Hit[]> {
  return { upstream: [], downstream: [] };
}
