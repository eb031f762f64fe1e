import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

import { type Clock, systemClock } from '@seaworthy/policy/engine';

import type { Edge, EdgeSettings } from '../edge.ts';
import type { FaultSettings } from '../fault.ts';
import { Proxies } from '../proxies.ts';

/** Real servers, and a proxy in front of each. Everything is gone after `stop`. */
export class Rig {
  readonly proxies: Proxies;
  readonly #servers: Server[] = [];
  readonly #sockets = new Set<Socket>();

  /** @param clock Of the proxies; the sockets are real, whatever it says. */
  constructor(seed = 1, clock: Clock = systemClock) {
    this.proxies = new Proxies({ clock, seed });
  }

  /** A server that does this with each connection, behind an edge with these faults. */
  async tcp(
    serve: (socket: Socket) => void,
    faults: readonly FaultSettings[] = [],
    settings: Partial<EdgeSettings> = {},
  ): Promise<Edge> {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, serve);
    return this.behind(await this.listen(server), faults, settings);
  }

  /** Sends back what it gets. */
  echo(faults: readonly FaultSettings[] = [], settings: Partial<EdgeSettings> = {}): Promise<Edge> {
    return this.tcp((socket) => void socket.pipe(socket), faults, settings);
  }

  async http(
    answer: RequestListener,
    faults: readonly FaultSettings[] = [],
    settings: Partial<EdgeSettings> = {},
  ): Promise<Edge> {
    return this.behind(await this.listen(createHttpServer(answer)), faults, settings);
  }

  /** Starts a server of one's own. */
  async listen(server: Server): Promise<number> {
    this.#servers.push(server);
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  /** How many connections the servers hold. */
  get served(): number {
    return this.#sockets.size;
  }

  /** A client's connection to the edge. */
  client(edge: Edge): Client {
    return this.connect(edge.listen.port);
  }

  connect(port: number): Client {
    const client = new Client(port);
    this.#sockets.add(client.socket);
    client.socket.on('close', () => this.#sockets.delete(client.socket));
    return client;
  }

  async stop(): Promise<void> {
    await this.proxies.stop();
    for (const socket of this.#sockets) socket.destroy();
    const closed = this.#servers.map(
      (server) => new Promise<void>((resolve) => server.close(() => resolve())),
    );
    await Promise.all(closed);
  }

  /** An edge in front of a server of one's own. */
  async behind(
    port: number,
    faults: readonly FaultSettings[] = [],
    settings: Partial<EdgeSettings> = {},
  ): Promise<Edge> {
    const edge = {
      name: `edge-${this.proxies.edges.length + 1}`,
      listen: { host: '127.0.0.1', port: 0 },
      upstream: { host: '127.0.0.1', port },
      protocol: 'auto' as const,
      ...settings,
    };
    await this.proxies.put([{ edge, faults, enabled: true }]);
    return this.proxies.get(edge.name)!;
  }
}

/** A socket, and all that can be seen from its side. */
export class Client {
  readonly socket: Socket;
  /** What was received, as it came, and when. */
  readonly chunks: Buffer[] = [];
  readonly arrivedMs: number[] = [];
  /** How it ended: not yet, by an orderly end, or by this error. */
  ended: 'open' | 'end' | (string & {}) = 'open';
  readonly closed: Promise<void>;
  readonly #startMs = systemClock.now();
  readonly #waiting: { isMet: () => boolean; resolve: () => void }[] = [];

  constructor(port: number) {
    this.socket = connect({ host: '127.0.0.1', port, noDelay: true, allowHalfOpen: true });
    this.socket.on('data', (chunk: Buffer) => {
      this.chunks.push(chunk);
      this.arrivedMs.push(this.elapsedMs);
      this.#look();
    });
    this.socket.on('end', () => {
      this.ended = 'end';
      this.#look();
    });
    this.socket.on('error', (error: NodeJS.ErrnoException) => {
      this.ended = error.code ?? error.message;
      this.#look();
    });
    this.closed = new Promise((resolve) => this.socket.on('close', () => resolve()));
  }

  get text(): string {
    return Buffer.concat(this.chunks).toString('latin1');
  }

  get elapsedMs(): number {
    return systemClock.now() - this.#startMs;
  }

  send(text: string | Uint8Array): this {
    this.socket.write(text);
    return this;
  }

  /** Resolves when so much has been received. */
  receives(bytes: number): Promise<void> {
    return this.#until(() => this.text.length >= bytes);
  }

  /** Resolves with how the stream ended. */
  async ends(): Promise<string> {
    await this.#until(() => this.ended !== 'open');
    return this.ended;
  }

  #until(isMet: () => boolean): Promise<void> {
    if (isMet()) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ isMet, resolve }));
  }

  #look(): void {
    for (const { isMet, resolve } of this.#waiting) if (isMet()) resolve();
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void systemClock.after(ms, resolve));
}

/**
 * Resolves when it is so, however busy the machine; what never comes true runs into the timeout.
 */
export async function eventually(isMet: () => boolean): Promise<void> {
  while (!isMet()) await pause(2);
}
