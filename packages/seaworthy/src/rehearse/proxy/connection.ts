import { connect, type Socket } from 'node:net';

import type { Clock } from '@seaworthy/policy';

import type { Edge } from './edge.ts';
import type { Direction } from './fault.ts';
import { Flow } from './flow/flow.ts';
import { Parcel } from './flow/parcel.ts';
import { Exchange, type ExchangeOwner } from './http/exchange.ts';
import { looksLikeHttp } from './http/sniff.ts';
import { Talk, type TalkHost } from './http/talk.ts';
import type { ActiveFault } from './plan/active-fault.ts';
import { Hit } from './plan/hit.ts';
import { Hits } from './plan/hits.ts';
import { looksLikeRedis, RedisTurns } from './redis/redis-turns.ts';
import { resetSocket } from './reset-socket.ts';

/** A closed connection waits so long for the other ends to close too, as nginx lingers. */
const lingerMs = 1000;

/** One client's connection, and the one to the callee behind it. */
export class Connection implements TalkHost, ExchangeOwner {
  readonly clock: Clock;
  /** From 1, in the order of arrival at the edge. */
  readonly number: number;
  /** Which replica of the callee it leads to. */
  readonly replica: number;
  /** Nothing has passed yet. */
  isNew = true;
  /** What is sent vanishes, and nobody is told. */
  hasLostPeers = false;
  readonly #edge: Edge;
  readonly #client: Socket;
  readonly #callee: Socket;
  readonly requests: Flow;
  readonly responses: Flow;
  readonly #hits = new Hits();
  /** Those that are open, in order. */
  readonly #exchanges: Exchange[] = [];
  #protocol: 'unknown' | 'http' | 'tcp' = 'unknown';
  #talk: Talk | undefined;
  /** Where Redis is spoken, as far as it can be read. */
  #redis: RedisTurns | undefined;
  #exchangeCount = 0;
  #openSockets = 2;
  #isReached = false;
  #isClosing = false;
  #isClientGone = false;
  #linger: unknown;

  constructor(edge: Edge, number: number, client: Socket) {
    this.#edge = edge;
    this.clock = edge.clock;
    this.number = number;
    this.#client = client;
    this.replica = edge.callee.next();
    this.#callee = connect({
      ...edge.callee.addresses[this.replica]!,
      allowHalfOpen: true,
      noDelay: true,
    });
    this.requests = new Flow(this, 'upstream', client, this.#callee);
    this.responses = new Flow(this, 'downstream', this.#callee, client);
    if (edge.protocol === 'http') this.#speaks('http');
    if (edge.protocol === 'tcp') this.#speaks('tcp');
    this.#listen(client, this.requests, this.responses);
    this.#listen(this.#callee, this.responses, this.requests);
    this.#callee.once('connect', () => (this.#isReached = true));
    for (const fault of edge.faults) this.began(fault);
    this.isNew = false;
  }

  get isCalm(): boolean {
    return this.#edge.faults.length === 0;
  }

  flow(direction: Direction): Flow {
    return direction === 'upstream' ? this.requests : this.responses;
  }

  /** What works on bytes that go this way. */
  hitsOn(direction: Direction, exchange: Exchange | undefined): readonly Hit[] {
    return this.#hits.on(direction, exchange);
  }

  /** A fault is up: it may hit this connection. */
  began(fault: ActiveFault): void {
    if (this.#isClosing || !this.#isMeantBy(fault)) return;
    if (fault.eachOn(this.#protocol) === 'connection' && fault.draws()) this.#hit(fault, undefined);
  }

  #isMeantBy({ runner, settings: { replicas } }: ActiveFault): boolean {
    return runner.refuses !== true && replicas?.includes(this.replica) !== false;
  }

  /** A fault was taken down. */
  ended(fault: ActiveFault): void {
    for (const hit of this.#hits.of(fault)) {
      this.#hits.forget(hit);
      fault.runner.end?.(hit);
      this.requests.relieve(hit);
      this.responses.relieve(hit);
    }
  }

  tell({ fault, exchange }: Hit, what: string): void {
    const { remoteAddress = '', remotePort = 0 } = this.#client;
    this.#edge.tell(fault, {
      each: exchange === undefined ? 'connection' : 'request',
      connection: this.number,
      client: `${remoteAddress}:${remotePort}`,
      request: exchange?.number ?? 0,
      task: exchange?.request === undefined ? '' : (this.#edge.taskOf(exchange.request)?.key ?? ''),
      what,
    });
  }

  begin(nowMs: number): Exchange {
    const exchange = new Exchange(++this.#exchangeCount, nowMs, this);
    this.#exchanges.push(exchange);
    this.#edge.meter.exchangeBegan(exchange, nowMs);
    for (const fault of this.#edge.faults) {
      if (!this.#isMeantBy(fault)) continue;
      if (fault.eachOn('http') === 'request' && fault.draws()) this.#hit(fault, exchange);
    }
    return exchange;
  }

  exchangeCompleted(exchange: Exchange, nowMs: number): void {
    if (!this.#closeExchange(exchange)) return;
    this.#edge.meter.exchangeEnded(exchange, nowMs);
  }

  unreadable(exchange: Exchange): void {
    if (!this.#closeExchange(exchange)) return;
    this.#edge.meter.exchangeUnreadable(this.clock.now());
  }

  pass(flow: Flow, parcel: Parcel): void {
    const hits = this.hitsOn(flow.direction, parcel.exchange);
    if (hits.length > 0 || !flow.isClear || parcel.closes !== 'no') return flow.take(parcel);
    flow.pass(parcel.data);
    if (parcel.completes) parcel.exchange?.completed(parcel.arrivedMs);
  }

  passRaw(flow: Flow, chunk: Buffer, nowMs: number): void {
    const other = flow === this.requests ? this.responses : this.requests;
    const isFresh = flow.isFreshAt(nowMs, other.arrivedMs);
    const isFirst = Math.max(flow.arrivedMs, other.arrivedMs) === -Infinity;
    if (isFirst && flow === this.requests && looksLikeRedis(chunk)) {
      this.#redis = new RedisTurns((ms) => this.#edge.meter.turned(ms));
    }
    const isTurn = isFresh && flow === this.responses && this.#redis === undefined;
    if (isTurn) this.#edge.meter.turned(nowMs - other.arrivedMs);
    flow.arrivedMs = nowMs;
    // First on its way, then read.
    this.pass(flow, new Parcel(chunk, nowMs, undefined, isFresh));
    this.#redis?.passed(flow.direction, chunk, nowMs);
    if (this.#redis?.isLost === true) this.#redis = undefined;
  }

  /** The end of both ways: FIN to both, and what they still send is not read. */
  close(): void {
    if (this.#isClosing) return;
    this.#end();
    for (const socket of [this.#client, this.#callee]) {
      socket.end().resume();
    }
    this.#destroySoon();
  }

  /** RST to both. */
  reset(): void {
    this.#end();
    resetSocket(this.#client);
    resetSocket(this.#callee);
    // A callee that nobody can reach is never reset.
    if (this.#callee.connecting) this.#destroySoon();
  }

  #destroySoon(): void {
    this.#linger ??= this.clock.after(lingerMs, () => this.destroy());
    this.clock.keepAlive?.(this.#linger, false);
  }

  /** Both are kept open, in silence. */
  losePeers(): void {
    this.hasLostPeers = true;
    this.requests.drop();
    this.responses.drop();
  }

  /** From here on nothing passes, and no fault does anything. */
  #end(): void {
    this.#isClosing = true;
    this.hasLostPeers = true;
    this.#hits.stop();
    this.requests.drop();
    this.responses.drop();
  }

  /** Closes both as the end of a process would: at once, whatever is under way. */
  destroy(): void {
    this.#end();
    this.#client.destroy();
    this.#callee.destroy();
  }

  #listen(socket: Socket, away: Flow, towards: Flow): void {
    socket.on('data', (chunk: Buffer) => this.#arrived(away, chunk));
    socket.on('end', () => {
      if (socket === this.#client && !this.#isClosing) this.#clientGone();
      this.#ended(away);
    });
    socket.on('error', () => this.#failed(socket, away, towards));
    socket.on('close', () => this.#closed());
  }

  /**
   * Clients of HTTP end their side when they give up, so that no answer reaches them any more, also
   * when it is only held up here. It is counted now, and still sent on: it may be a half-close.
   */
  #clientGone(): void {
    this.#isClientGone = true;
    if (this.#talk !== undefined) this.#breakExchanges();
  }

  #breakExchanges(): void {
    const nowMs = this.clock.now();
    for (const exchange of this.#exchanges) {
      this.#edge.meter.exchangeBroken(exchange, this.#isClientGone, nowMs);
    }
    this.#exchanges.length = 0;
  }

  #arrived(flow: Flow, chunk: Buffer): void {
    this.#edge.meter.passed(flow.direction, chunk.length);
    if (flow.isDropping) return;
    if (this.#protocol === 'unknown') {
      this.#speaks(flow === this.requests && looksLikeHttp(chunk) ? 'http' : 'tcp');
    }
    const nowMs = this.clock.now();
    if (this.#talk === undefined) this.passRaw(flow, chunk, nowMs);
    else if (flow === this.requests) this.#talk.takeRequests(chunk, nowMs);
    else this.#talk.takeResponses(chunk, nowMs);
  }

  #ended(flow: Flow): void {
    const ending = flow === this.responses ? this.#talk?.endOfResponses() : undefined;
    flow.takeClose('end', ending);
  }

  /** One end was reset, or could not be reached: so the other is told, after what is under way. */
  #failed(socket: Socket, away: Flow, towards: Flow): void {
    if (this.#isClosing) return;
    if (socket === this.#client) this.#isClientGone = true;
    else if (!this.#isReached) this.#edge.meter.unreachable();
    towards.sinkGone();
    away.takeClose('reset', undefined);
  }

  #closed(): void {
    if (--this.#openSockets > 0) return;
    this.#end();
    if (this.#linger !== undefined) this.clock.cancel(this.#linger);
    this.#breakExchanges();
    this.#hits.clear();
    this.#edge.gone(this);
  }

  /** Faults that are drawn for what it speaks are drawn now. */
  #speaks(protocol: 'http' | 'tcp'): void {
    const undecided = this.#edge.faults.filter((fault) => fault.eachOn('unknown') === undefined);
    this.#protocol = protocol;
    if (protocol === 'http') this.#talk = new Talk(this);
    if (this.isNew) return;
    for (const fault of undecided) this.began(fault);
  }

  #hit(fault: ActiveFault, exchange: Exchange | undefined): void {
    const hit = new Hit(fault, this, exchange);
    this.#hits.add(hit);
    if (exchange !== undefined && fault.runner.answer !== undefined) exchange.answeredBy ??= hit;
    fault.runner.begin?.(hit);
  }

  /** False: it is closed already. */
  #closeExchange(exchange: Exchange): boolean {
    const at = this.#exchanges.indexOf(exchange);
    if (at < 0) return false;
    // Nearly always the first: and to shift leaves no garbage.
    if (at === 0) this.#exchanges.shift();
    else this.#exchanges.splice(at, 1);
    this.#hits.release(exchange);
    return true;
  }
}
