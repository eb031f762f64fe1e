import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

import type { Head } from '../../proxy/http/head.ts';
import { MessageFramer } from '../../proxy/http/message-framer.ts';
import type { LoadTask } from '../task.ts';

/** Where to connect to. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  /** Undefined: no TLS. Else the name that the certificate is for. */
  readonly serverName: string | undefined;
}

/** Told what becomes of a connection. */
export interface ConnectionOwner {
  connected(): void;
  /** The answer is complete. The connection is free again when it `isReusable`. */
  answered(connection: Connection, task: LoadTask, status: number): void;
  /** There is no whole answer. `code` is that of the system, where it is an error of it. */
  broke(task: LoadTask, problem: Problem): void;
  /** It is no more. Said once, after what became of its task. */
  closed(connection: Connection): void;
}

export interface Problem {
  readonly reason: 'unreachable' | 'reset' | 'error' | 'generator';
  readonly text: string;
}

/** This machine has no more of something that a connection needs. */
const shortages = new Set(['EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'ENOBUFS', 'ENOMEM']);

/** One connection to the target, with one request at a time on it. */
export class Connection {
  isReusable = true;
  isClosed = false;
  /** Its answer is awaited. */
  task: LoadTask | undefined = undefined;
  #isHead = false;
  #status = 0;
  #isConnected = false;
  readonly #owner: ConnectionOwner;
  readonly #socket: Socket;
  readonly #framer: MessageFramer;

  constructor({ host, port, serverName }: Endpoint, owner: ConnectionOwner) {
    this.#owner = owner;
    this.#framer = new MessageFramer(true, {
      begins: () => undefined,
      head: (head) => this.#head(head),
    });
    this.#socket =
      serverName === undefined
        ? connect({ host, port, noDelay: true })
        : connectTls({ host, port, servername: serverName }).setNoDelay(true);
    this.#socket.once(serverName === undefined ? 'connect' : 'secureConnect', () => {
      this.#isConnected = true;
      owner.connected();
    });
    this.#socket.on('data', (chunk: Buffer) => this.#read(chunk));
    this.#socket.on('end', () => this.#ended());
    this.#socket.on('error', (error: NodeJS.ErrnoException) => this.#failed(error));
    this.#socket.on('close', () => this.#close());
  }

  /** Only when it has no task. */
  send(task: LoadTask, bytes: Buffer, isHead: boolean): void {
    this.task = task;
    this.#isHead = isHead;
    this.#socket.write(bytes);
  }

  /** Drops it, with whatever is under way. */
  destroy(): void {
    this.task = undefined;
    this.#socket.destroy();
    this.#close();
  }

  #head(head: Head): 'framed' | 'bodiless' | 'interim' | 'raw' {
    const { status } = head;
    // Nobody has asked for another protocol.
    if (status === 101) return 'raw';
    if (status < 200) return 'interim';
    this.#status = status;
    const connection = head.headers.get('connection')?.toLowerCase() ?? '';
    this.isReusable = head.isOld
      ? connection.includes('keep-alive')
      : !connection.includes('close');
    return this.#isHead || status === 204 || status === 304 ? 'bodiless' : 'framed';
  }

  #read(chunk: Buffer): void {
    const framer = this.#framer;
    let at = 0;
    while (at < chunk.length && !this.isClosed) {
      // Nobody has asked: the last words of a server that closes, or a broken one.
      if (this.task === undefined) return this.destroy();
      at = framer.scan(chunk, at);
      if (framer.isRaw) return this.#break({ reason: 'error', text: 'an answer that is no HTTP' });
      if (framer.hasEnded) this.#answered(at === chunk.length);
    }
  }

  #answered(isAll: boolean): void {
    const task = this.task!;
    this.task = undefined;
    if (!isAll) this.isReusable = false;
    this.#owner.answered(this, task, this.#status);
    if (!this.isReusable) this.destroy();
  }

  #ended(): void {
    if (this.task !== undefined && this.#framer.endsWithConnection) {
      this.isReusable = false;
      this.#answered(true);
      return;
    }
    const text = this.#framer.isWithin ? 'closed within its answer' : 'closed before its answer';
    this.#break({ reason: 'reset', text });
  }

  #failed({ code = '', message }: NodeJS.ErrnoException): void {
    const text = code === '' ? message : code;
    if (shortages.has(code)) this.#break({ reason: 'generator', text });
    else this.#break({ reason: this.#isConnected ? 'reset' : 'unreachable', text });
  }

  #break(problem: Problem): void {
    const { task } = this;
    this.task = undefined;
    if (task !== undefined) this.#owner.broke(task, problem);
    this.destroy();
  }

  #close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    if (this.task !== undefined) {
      const task = this.task;
      this.task = undefined;
      this.#owner.broke(task, { reason: 'reset', text: 'closed before its answer' });
    }
    this.#owner.closed(this);
  }
}
