import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import type { Socket } from 'node:net';

import type { Edge } from '../edge.ts';
import { Proxies } from '../proxies.ts';
import { CountingClock } from './counting-clock.ts';
import { losesNothing, type RandomPlan, type RandomTalk } from './random-plan.ts';
import { pause } from './rig.ts';

/** Once no fault is up, what is under way arrives within this time, on any machine. */
const settledMs = 20_000;

/** The n-th byte of every stream: what arrives twice, or not, is another byte. */
function bytesOf(count: number): Buffer {
  return Buffer.from(Uint8Array.from({ length: count }, (_, index) => 97 + ((index * 7) % 25)));
}

const tcp = { allowHalfOpen: true, noDelay: true };

/** A loopback address of their own for the edges, where the system has another. */
const edgeHost = process.platform === 'linux' ? '127.0.0.2' : '127.0.0.1';

/**
 * A port is given up while it refuses, and then whoever asks for any port may get it. So those of
 * the edges are below the ones that systems hand out, which begin at 32,768 or higher.
 */
let lastPort = 20_000 + (process.pid % 10_000);

async function freePort(): Promise<number> {
  for (;;) {
    const port = ++lastPort;
    const server = createTcpServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(port, edgeHost, () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}

const greeting = bytesOf(50_000);
const bodies = new Map<number, Buffer>();
function bodyOf(count: number): Buffer {
  let body = bodies.get(count);
  if (body === undefined) bodies.set(count, (body = bytesOf(count)));
  return body;
}

/**
 * Plays plans at the same time, each on an edge of its own, and says what is wrong afterwards:
 * bytes that were not sent, bytes that are missing, and what was left behind.
 */
export async function play(plans: readonly RandomPlan[]): Promise<readonly string[]> {
  const before = openSockets();
  const clock = new CountingClock();
  const servers = await Servers.start();
  const wrong: string[] = [];
  const proxies = new Proxies({ clock, seed: plans[0]?.seed ?? 1 });
  await Promise.all(
    plans.map((plan, index) => playOne(plan, `plan-${index}`, proxies, servers, wrong)),
  );
  await proxies.stop();
  await servers.stop();
  await until(() => openSockets() <= before && clock.waiting === 0);
  if (openSockets() > before) wrong.push(`${openSockets() - before} sockets are left`);
  if (clock.waiting > 0) wrong.push(`${clock.waiting} timers are left`);
  return wrong;
}

async function playOne(
  plan: RandomPlan,
  name: string,
  proxies: Proxies,
  servers: Servers,
  wrong: string[],
): Promise<void> {
  const [first] = plan.phases;
  const edges = new Map<string, Edge>();
  for (const server of new Set(plan.talks.map((talk) => talk.server))) {
    const edge = {
      name: `${name}-${server}`,
      listen: { host: edgeHost, port: await freePort() },
      upstream: { host: '127.0.0.1', port: servers.portOf(server) },
      protocol: 'auto' as const,
    };
    await proxies.put([{ edge, faults: first?.faults, enabled: true }]);
    edges.set(server, proxies.get(edge.name)!);
  }
  const clients = plan.talks.map((talk) => new PlayedClient(talk, edges.get(talk.server)!));
  for (const { ms, faults } of plan.phases) {
    await Promise.all([...edges.values()].map((edge) => edge.replaceFaults(faults)));
    await pause(ms);
  }
  await Promise.all([...edges.values()].map((edge) => edge.replaceFaults([])));
  const isWhole = losesNothing(plan);
  for (const client of clients) {
    if (isWhole) await until(() => client.isDone);
    const complaint = client.complaint(isWhole);
    if (complaint !== undefined) wrong.push(`${name}: ${complaint}`);
    client.socket.destroy();
  }
}

const answerHead =
  /^HTTP\/1\.1 (\d+) [^\r]*\r\n(?:[^\r]+\r\n)*?content-length: (\d+)\r\n(?:[^\r]+\r\n)*\r\n/i;

/** One talk, and what has come of it. */
class PlayedClient {
  readonly socket: Socket;
  readonly #talk: RandomTalk;
  readonly #received: Buffer[] = [];
  #bytes = 0;
  #sent = 0;

  constructor(talk: RandomTalk, edge: Edge) {
    this.#talk = talk;
    this.socket = connect({ ...edge.listen, ...tcp });
    this.socket.on('error', () => undefined);
    this.socket.on('data', (chunk: Buffer) => {
      this.#received.push(chunk);
      this.#bytes += chunk.length;
      this.#next();
    });
    this.socket.on('connect', () => this.#next());
  }

  /** All that a calm system would send has arrived, or it has gone itself. */
  get isDone(): boolean {
    if (this.#talk.ending === 'destroy' || this.#talk.ending === 'reset') return true;
    if (this.#sent < this.#talk.messages.length) return false;
    if (this.#talk.server !== 'http') return this.#bytes >= this.#expected().length;
    return this.#answers().length >= this.#talk.messages.length;
  }

  /** What is wrong with what it received; undefined: nothing. */
  complaint(isWhole: boolean): string | undefined {
    const received = Buffer.concat(this.#received);
    const told = `${this.#talk.server} of ${this.#talk.messages.join(', ')}`;
    if (isWhole && !this.isDone) return `${told}: only ${received.length} bytes arrived`;
    if (this.#talk.server === 'http') return this.#httpComplaint(told);
    const expected = this.#expected();
    if (received.equals(expected.subarray(0, received.length))) return undefined;
    return `${told}: the bytes that arrived are not those that were sent`;
  }

  #httpComplaint(told: string): string | undefined {
    for (const [index, answer] of this.#answers().entries()) {
      const body = bodyOf(this.#talk.messages[index] ?? -1).toString('latin1');
      if (answer.body !== (answer.status === 503 ? 'injected' : body)) {
        return `${told}: answer ${index + 1} is not the one to its request`;
      }
    }
    return undefined;
  }

  /** The complete answers, read strictly: what is not one ends them. */
  #answers(): { status: number; body: string }[] {
    let text = Buffer.concat(this.#received).toString('latin1');
    const answers = [];
    for (;;) {
      const head = answerHead.exec(text);
      if (head === null || text.length < head[0].length + Number(head[2])) return answers;
      const end = head[0].length + Number(head[2]);
      answers.push({ status: Number(head[1]), body: text.slice(head[0].length, end) });
      text = text.slice(end);
    }
  }

  #expected(): Buffer {
    const { messages, server } = this.#talk;
    const echoed = messages.slice(0, this.#sent).map(bodyOf);
    return Buffer.concat(server === 'speaks-first' ? [greeting, ...echoed] : echoed);
  }

  /** Sends what is due, and ends behind it. */
  #next(): void {
    const { messages, ending, server } = this.#talk;
    while (this.#isDue()) {
      const body = bodyOf(messages[this.#sent++] ?? 0);
      if (server === 'http') this.socket.write(requestHead(body.length));
      this.socket.write(body);
      if (this.#sent < messages.length) continue;
      if (ending === 'end' && server !== 'http') this.socket.end();
      if (ending === 'destroy') this.socket.destroy();
      if (ending === 'reset') this.socket.resetAndDestroy();
    }
  }

  #isDue(): boolean {
    const { messages, isPipelined } = this.#talk;
    return this.#sent < messages.length && (isPipelined || this.#hasAnswers());
  }

  #hasAnswers(): boolean {
    if (this.#talk.server === 'http') return this.#answers().length >= this.#sent;
    return this.#bytes >= this.#expected().length;
  }
}

function requestHead(length: number): string {
  return `POST /echo HTTP/1.1\r\nhost: test\r\ncontent-length: ${length}\r\n\r\n`;
}

/** The callees of all plans: they send back what they get. */
class Servers {
  readonly #servers = new Map<string, Server>();
  readonly #sockets = new Set<Socket>();

  static async start(): Promise<Servers> {
    const servers = new Servers();
    await servers.#add('echo', createTcpServer(tcp, echo));
    await servers.#add('http', createServer(echoOverHttp));
    const first = (socket: Socket): void => {
      socket.write(greeting);
      echo(socket);
    };
    await servers.#add('speaks-first', createTcpServer(tcp, first));
    return servers;
  }

  portOf(server: string): number {
    return (this.#servers.get(server)!.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    const all = [...this.#servers.values()];
    await Promise.all(all.map((one) => new Promise((resolve) => one.close(resolve))));
  }

  async #add(name: string, server: Server): Promise<void> {
    this.#servers.set(name, server);
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }
}

function echo(socket: Socket): void {
  socket.pipe(socket);
}

function echoOverHttp(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    response.writeHead(200, { 'content-length': body.length }).end(body);
  });
}

function openSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length;
}

async function until(isMet: () => boolean): Promise<void> {
  for (let waitedMs = 0; !isMet() && waitedMs < settledMs; waitedMs += 2) await pause(2);
}
