import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

import type { Head } from '../../proxy/http/head.ts';
import { MessageFramer } from '../../proxy/http/message-framer.ts';
import type { LoadTask } from '../task.ts';
import type { Endpoint } from './endpoint.ts';
import type { Message } from './message.ts';
import { type Problem, ofGenerator } from './problem.ts';

/** Told what becomes of a connection. */
export interface ConnectionOwner {
  connected(): void;
  /** The answer is complete. The connection is free again when it `isReusable`. */
  answered(connection: Connection, task: LoadTask, status: number): void;
  /** There is no whole answer. */
  broke(task: LoadTask, problem: Problem): void;
  /** It is no more. Said once, after what became of its task. */
  closed(connection: Connection): void;
}

/**
 * An idle connection is not used any more after so long, or a second before the server says that it
 * closes it: a request that crosses its end would fail. As undici does.
 */
const idleMaxMs = 4000;
const idleMarginMs = 1000;

/**
 * What has arrived, of all connections in turn: it is read before the next is, and nothing of it is
 * kept. A buffer for each read would be most of the garbage. TLS cannot do without.
 */
const received = Buffer.allocUnsafeSlow(65_536);

/** One connection to the target, with one request at a time on it. */
export class Connection {
  isReusable = true;
  isClosed = false;
  /** How long it may be idle and then used again. */
  idleMs = idleMaxMs;
  /** Since when it is idle. Belongs to the pool. */
  idleSinceMs = 0;
  #task: LoadTask | undefined = undefined;
  #isHead = false;
  #status = 0;
  /** What the head of the answer has wrong. */
  #flaw = '';
  #isConnected = false;
  readonly #owner: ConnectionOwner;
  readonly #socket: Socket;
  readonly #framer: MessageFramer;

  constructor(endpoint: Endpoint, owner: ConnectionOwner) {
    const { host, port, tls } = endpoint;
    this.#owner = owner;
    this.#framer = new MessageFramer(true, {
      begins: () => undefined,
      head: (head) => this.#head(head),
    });
    const to = { host, port };
    const onread = { buffer: received, callback: (length: number) => this.#received(length) };
    this.#socket = tls === undefined ? connect({ ...to, onread }) : connectTls({ ...tls, ...to });
    this.#socket
      .setNoDelay()
      .once(tls === undefined ? 'connect' : 'secureConnect', () => {
        this.#isConnected = true;
        owner.connected();
      })
      .on('data', (chunk: Buffer) => this.#read(chunk))
      .on('end', () => this.#ended())
      .on('error', (error: NodeJS.ErrnoException) => this.#failed(error))
      .on('close', () => this.#break({ reason: 'reset', text: 'closed before its answer' }));
  }

  /** Only when it has no task. */
  send(task: LoadTask, { bytes, isHead }: Message): void {
    this.#task = task;
    this.#isHead = isHead;
    this.#socket.write(bytes);
  }

  /** Drops it, and the task that is under way, of which nothing more is said. */
  destroy(): void {
    this.#task = undefined;
    this.#socket.destroy();
    if (this.isClosed) return;
    this.isClosed = true;
    this.#owner.closed(this);
  }

  #head(head: Head): 'framed' | 'bodiless' | 'interim' | 'raw' {
    const { status, fields } = head;
    this.#flaw = flawOf(head);
    if (this.#flaw !== '') return 'raw';
    if (status < 200) return 'interim';
    this.#status = status;
    const connection = fields.connection?.toLowerCase() ?? '';
    this.isReusable = head.isOld
      ? connection.includes('keep-alive')
      : !connection.includes('close');
    const keepAlive = fields['keep-alive'];
    if (keepAlive !== undefined) this.idleMs = idleMsOf(keepAlive);
    return this.#isHead || status === 204 || status === 304 ? 'bodiless' : 'framed';
  }

  #received(length: number): boolean {
    this.#read(received.subarray(0, length));
    return true;
  }

  #read(chunk: Buffer): void {
    const framer = this.#framer;
    for (let at = 0; at < chunk.length && !this.isClosed;) {
      // Nobody has asked: the last words of a server that closes, or a broken one.
      if (this.#task === undefined) return this.destroy();
      at = framer.scan(chunk, at);
      if (framer.isRaw) {
        const what = framer.broken ?? this.#flaw;
        return this.#break({ reason: 'error', text: `answered with ${what}` });
      }
      if (framer.hasEnded) this.#answered(at === chunk.length);
    }
  }

  /** @param isAll what has arrived ends with the answer */
  #answered(isAll: boolean): void {
    const task = this.#task!;
    this.#task = undefined;
    if (!isAll) this.isReusable = false;
    this.#owner.answered(this, task, this.#status);
    if (!this.isReusable) this.destroy();
  }

  #ended(): void {
    if (this.#task !== undefined && this.#framer.endsWithConnection) {
      this.isReusable = false;
      this.#answered(true);
      return;
    }
    const text = this.#framer.isWithin ? 'closed within its answer' : 'closed before its answer';
    this.#break({ reason: 'reset', text });
  }

  #failed(error: NodeJS.ErrnoException): void {
    const text = error.code ?? error.message;
    if (ofGenerator(text)) this.#break({ reason: 'generator', text });
    else this.#break({ reason: this.#isConnected ? 'reset' : 'unreachable', text });
  }

  #break(problem: Problem): void {
    const task = this.#task;
    this.#task = undefined;
    if (task !== undefined) this.#owner.broke(task, problem);
    this.destroy();
  }
}

/** What a client must not accept (RFC 9112, sections 5 and 6.3); empty: nothing. */
function flawOf({ status, fields }: Head): string {
  // Nobody has asked for another protocol.
  if (status === 101) return 'another protocol';
  if (!fields.isTidy) return 'a head with a line that is no field';
  if (fields['transfer-encoding'] !== undefined && fields['content-length'] !== undefined) {
    return 'both a transfer-encoding and a content-length';
  }
  return '';
}

/** Of a header such as `timeout=5`, in seconds. */
function idleMsOf(keepAlive: string): number {
  const seconds = /(?:^|[\s,])timeout=(\d+)/i.exec(keepAlive)?.[1];
  if (seconds === undefined) return idleMaxMs;
  return Math.max(0, Number(seconds) * 1000 - idleMarginMs);
}
