import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Follower } from './follow.ts';
import { readPage } from './page-file.ts';

/** How often a record is looked at. A simulation of a minute takes half a second. */
const LOOK_MS = 400;

export interface Served {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Serves the page, and what is in these records as it is written, to this machine alone.
 *
 * @param port 0: one that is free
 */
export async function serve(folders: readonly string[], port: number): Promise<Served> {
  const page = await readPage();
  const server = createServer((request, response) => answer(folders, page, request, response));
  await listening(server, port);
  const { port: used } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${used}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

function answer(
  folders: readonly string[],
  page: string,
  { method, url, headers }: IncomingMessage,
  response: ServerResponse,
): void {
  // Another name for this machine is how pages elsewhere would read what is here.
  const isHere = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? '');
  if (method !== 'GET' || !isHere) response.writeHead(403).end();
  else if (url === '/') response.writeHead(200, plain('text/html')).end(page);
  else if (url === '/events') stream(folders, response);
  else response.writeHead(404).end();
}

function plain(type: string): Readonly<Record<string, string>> {
  return {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
}

function send(response: ServerResponse, message: unknown): void {
  response.write(`data: ${JSON.stringify(message)}\n\n`);
}

/** Each listener gets all of the records, and then what comes. */
function stream(folders: readonly string[], response: ServerResponse): void {
  response.writeHead(200, plain('text/event-stream'));
  const following = folders.map((folder, run) => ({ folder, run, follower: new Follower(folder) }));
  let open = following.length;
  // So the page can say what it waits for, where there is nothing yet.
  for (const { folder, run } of following) send(response, { run, label: folder });
  const tell = async ({ folder, run, follower }: (typeof following)[number]): Promise<void> => {
    while (!response.destroyed) {
      const { head, lines, end } = await follower.news();
      if (head !== undefined || lines.length > 0 || end) {
        send(response, { run, label: folder, head, lines, end });
      }
      if (end) break;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    if (--open === 0) response.end();
  };
  // A record that goes away while it is read ends the stream; the page keeps what it has.
  for (const each of following) void tell(each).catch(() => response.destroy());
}
