import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { systemClock } from '../time/system.ts';

/** How a server answers one request: one after the other, the last for all that follow. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

/** What a request was. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly socket: Socket;
  /** Before everything was sent the other side went away. */
  isAborted: boolean;
}

/** A server on loopback that misbehaves as it is told, and remembers what it got. */
export interface TestServer {
  readonly url: string;
  readonly seen: Seen[];
  readonly server: Server;
}

const open: Server[] = [];

export async function serve(...answers: Answer[]): Promise<TestServer> {
  const seen: Seen[] = [];
  const listener: RequestListener = (request, response) => {
    void (async () => {
      const one: Seen = {
        method: request.method!,
        url: request.url!,
        headers: request.headers,
        body: '',
        socket: request.socket,
        isAborted: false,
      };
      const answer = answers[Math.min(seen.push(one), answers.length) - 1];
      response.on('close', () => (one.isAborted = !response.writableFinished));
      const chunks: Buffer[] = [];
      try {
        for await (const chunk of request) chunks.push(chunk as Buffer);
      } catch {
        return;
      }
      Object.assign(one, { body: Buffer.concat(chunks).toString() });
      await answer?.(request, response);
    })();
  };
  const server = createServer(listener);
  return { url: await listen(server), seen, server };
}

/** Listens on a free port until the test is over. */
export async function listen(server: Server): Promise<string> {
  open.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** For `afterEach`. */
export async function closeServers(): Promise<void> {
  const closing = open.splice(0).map(
    (server) =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  await Promise.all(closing);
}

/** A port on which nobody listens. */
export async function nobody(): Promise<string> {
  const { url, server } = await serve(ok('never'));
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  return url;
}

export function ok(text: string): Answer {
  return (_, response) => response.end(text);
}

export function status(code: number, headers: Record<string, string> = {}, text = ''): Answer {
  return (_, response) => response.writeHead(code, headers).end(text || `status ${code}`);
}

/** Breaks the connection, without a word. */
export const reset: Answer = (request) => {
  request.socket.resetAndDestroy();
};

/** Never answers. */
export const hang: Answer = () => {};

/** Headers and the first part of a body at once, the rest never. */
export function stuck(code: number, bytes: number): Answer {
  return (_, response) => response.writeHead(code).write('x'.repeat(bytes));
}

/** Waits, with real time, until it is so. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 400; turn++) {
    if (isSo()) return;
    await pause(5);
  }
  throw new Error('it never was so');
}

export async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => {
    systemClock.after(ms, () => resolve(undefined));
  });
}
