import type { Direction } from '../fault.ts';
import type { Hit } from '../plan/hit.ts';
import type { Head } from './head.ts';

/** Told of the end of its exchanges. */
export interface ExchangeOwner {
  /** The last byte of the response has been handed to the client's socket. */
  exchangeCompleted(exchange: Exchange, nowMs: number): void;
}

/** One request and its response. */
export class Exchange {
  /** From 1, on its connection. */
  readonly number: number;
  readonly beganMs: number;
  /** Which replica of the callee it is for. */
  readonly replica: number;
  /** Undefined: no fault has hit it. */
  hits: Readonly<Record<Direction, Hit[]>> | undefined = undefined;
  /** Undefined until the head of the request has been read. */
  request: Head | undefined = undefined;
  /** When the last byte of the request arrived here; -1: not yet. */
  requestedMs = -1;
  /** When the first byte of the callee's response arrived here; -1: not yet. */
  answeredMs = -1;
  /** When it began, the callee may have been working on as many others as it can. */
  mayWait = false;
  /** Of the response; 0: none yet. */
  status = 0;
  /** The fault that answers it here; it is not sent on. */
  answeredBy: Hit | undefined = undefined;
  readonly #owner: ExchangeOwner;

  constructor(number: number, nowMs: number, owner: ExchangeOwner & { readonly replica: number }) {
    this.number = number;
    this.replica = owner.replica;
    this.beganMs = nowMs;
    this.#owner = owner;
  }

  completed(nowMs: number): void {
    this.#owner.exchangeCompleted(this, nowMs);
  }

  /** @param method With the space that follows it. */
  asksBy(method: 'HEAD ' | 'CONNECT '): boolean {
    return this.request?.methodAndPath.startsWith(method) === true;
  }

  /** The caller sends no body before it is told to. */
  get expects(): boolean {
    return this.request?.fields.expect !== undefined;
  }

  /** The connection ends with this one, where it is answered here. */
  get closes(): boolean {
    const { request } = this;
    if (request === undefined || this.expects) return true;
    const connection = request.fields.connection?.toLowerCase() ?? '';
    return request.isOld ? !connection.includes('keep-alive') : connection.includes('close');
  }
}
