import { Parcel } from '../flow/parcel.ts';
import type { Flow } from '../flow/flow.ts';
import type { Hit } from '../plan/hit.ts';
import type { Exchange } from './exchange.ts';
import type { Head } from './head.ts';
import { MessageFramer } from './message-framer.ts';

/** What the connection does for its talk. */
export interface TalkHost {
  readonly requests: Flow;
  readonly responses: Flow;
  /** A request begins: faults are drawn for it. */
  begin(nowMs: number): Exchange;
  /** It was no request, or the rest of the talk cannot be read. */
  unreadable(exchange: Exchange): void;
  /** Bytes of which a part may be touched by faults. */
  pass(flow: Flow, parcel: Parcel): void;
  /** Bytes that no framing tells apart. */
  passRaw(flow: Flow, chunk: Buffer, nowMs: number): void;
  /** No fault touches anything, so that whole chunks may pass. */
  readonly isCalm: boolean;
}

/** Requests and responses of one connection, in the order of both. */
export class Talk {
  readonly #host: TalkHost;
  readonly #requestFramer: MessageFramer;
  readonly #responseFramer: MessageFramer;
  /** Requests whose response has not ended, in order. */
  readonly #waiting: Exchange[] = [];
  #requesting: Exchange | undefined;
  /** Bytes of a request that may be answered here, until its head is known. */
  #held: Parcel[] = [];
  #nowMs = 0;
  #isFresh = false;

  constructor(host: TalkHost) {
    this.#host = host;
    this.#requestFramer = new MessageFramer(false, {
      begins: () => this.#requestBegins(),
      head: (head) => this.#requestHead(head),
    });
    this.#responseFramer = new MessageFramer(true, {
      begins: () => this.#responseBegins(),
      head: (head) => this.#responseHead(head),
    });
  }

  /** Bytes from the caller. */
  takeRequests(chunk: Buffer, nowMs: number): void {
    this.#nowMs = nowMs;
    const flow = this.#host.requests;
    const framer = this.#requestFramer;
    if (framer.isRaw) return this.#host.passRaw(flow, chunk, nowMs);
    // A request that is answered here ends here, though the fault may have gone.
    const isSentOn = this.#requesting?.answeredBy === undefined && this.#held.length === 0;
    const isWhole = this.#host.isCalm && flow.isClear && isSentOn;
    // First on its way, then read: the callee works meanwhile.
    if (isWhole) flow.pass(chunk);
    for (let at = 0; at < chunk.length;) {
      const next = framer.scan(chunk, at);
      const exchange = framer.isRaw ? undefined : this.#requesting;
      if (!isWhole) this.#passRequest(chunk.subarray(at, next), exchange);
      if (framer.isRaw) this.#goRaw();
      else if (framer.hasEnded) this.#requestEnds();
      at = next;
    }
    this.answerNext();
  }

  /** Bytes from the callee. */
  takeResponses(chunk: Buffer, nowMs: number): void {
    this.#nowMs = nowMs;
    const flow = this.#host.responses;
    const framer = this.#responseFramer;
    if (framer.isRaw) return this.#host.passRaw(flow, chunk, nowMs);
    const isWhole = this.#host.isCalm && flow.isClear;
    if (isWhole) flow.pass(chunk);
    for (let at = 0; at < chunk.length;) {
      const exchange = this.#waiting[0];
      this.#isFresh = false;
      const next = framer.scan(chunk, at);
      if (isWhole) {
        if (framer.hasEnded) exchange?.completed(nowMs);
      } else {
        const parcel = new Parcel(chunk.subarray(at, next), nowMs, exchange, this.#isFresh);
        parcel.completes = framer.hasEnded;
        this.#host.pass(flow, parcel);
      }
      if (framer.isRaw) this.#goRaw();
      else if (framer.hasEnded) this.#responseEnds();
      at = next;
    }
  }

  /** The callee has ended the stream: the response that it ends, if that is how it is framed. */
  endOfResponses(): Exchange | undefined {
    return this.#responseFramer.endsWithConnection ? this.#waiting[0] : undefined;
  }

  /** Gives the answers that are due here, up to the next request that the callee answers. */
  answerNext(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const hit = next.answeredBy;
      if (hit === undefined || (next.requestedMs < 0 && !next.expects)) return;
      this.#waiting.shift();
      this.#answer(next, hit);
    }
  }

  #answer(exchange: Exchange, hit: Hit): void {
    const { status, headers, body } = hit.fault.runner.answer!;
    hit.tell(`answered with ${status}`);
    const content = Buffer.from(body);
    const length = `content-length: ${content.length}\r\n`;
    const end = exchange.closes ? 'connection: close\r\n\r\n' : '\r\n';
    const head = Buffer.from(headers + length + end, 'latin1');
    const isShort = exchange.asksBy('HEAD ');
    const data = isShort ? head : Buffer.concat([head, content]);
    exchange.status = status;
    const parcel = new Parcel(data, this.#nowMs, exchange, true);
    parcel.completes = true;
    if (exchange.closes) parcel.closes = 'both';
    this.#host.pass(this.#host.responses, parcel);
  }

  #requestBegins(): void {
    this.#requesting = this.#host.begin(this.#nowMs);
    this.#waiting.push(this.#requesting);
    this.#isFresh = true;
  }

  #requestHead(head: Head): 'framed' {
    this.#requesting!.request = head;
    return 'framed';
  }

  #passRequest(data: Buffer, exchange: Exchange | undefined): void {
    const parcel = new Parcel(data, this.#nowMs, exchange, this.#isFresh);
    this.#isFresh = false;
    if (exchange?.answeredBy === undefined) {
      this.#passHeld();
      this.#host.pass(this.#host.requests, parcel);
    } else if (exchange.request === undefined) {
      this.#held.push(parcel);
    } else {
      this.#held = [];
    }
  }

  /** What was held turned out to be no request, and goes on as it came. */
  #passHeld(): void {
    for (const parcel of this.#held) this.#host.pass(this.#host.requests, parcel);
    this.#held = [];
  }

  #requestEnds(): void {
    this.#requesting!.requestedMs = this.#nowMs;
    this.#requesting = undefined;
  }

  #responseBegins(): void {
    const exchange = this.#waiting[0];
    this.#isFresh = true;
    if (exchange !== undefined && exchange.answeredMs < 0) exchange.answeredMs = this.#nowMs;
  }

  #responseHead({ status }: Head): 'framed' | 'bodiless' | 'interim' | 'raw' {
    const exchange = this.#waiting[0];
    if (exchange !== undefined) exchange.status = status;
    const isTunnel = exchange?.asksBy('CONNECT ') === true && status >= 200 && status < 300;
    if (status === 101 || isTunnel) return 'raw';
    if (status < 200) return 'interim';
    return exchange?.asksBy('HEAD ') === true || status === 204 || status === 304
      ? 'bodiless'
      : 'framed';
  }

  #responseEnds(): void {
    this.#waiting.shift();
    this.answerNext();
  }

  /** After an upgrade, or after something that is no HTTP: the bytes go on, unread. */
  #goRaw(): void {
    this.#requestFramer.goRaw();
    this.#responseFramer.goRaw();
    const [first, ...others] = this.#waiting.splice(0);
    if (first !== undefined) {
      if (first.status > 0 && first.answeredMs >= 0) first.completed(this.#nowMs);
      else others.unshift(first);
    }
    for (const exchange of others) this.#host.unreadable(exchange);
    this.#requesting = undefined;
  }
}
