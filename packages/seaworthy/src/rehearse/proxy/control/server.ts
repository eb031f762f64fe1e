import { createServer, type IncomingMessage, type ServerResponse, type Server } from 'node:http';

import { type Address, formatAddress } from '../address.ts';
import type { Proxies } from '../proxies.ts';
import { ApiError, toApiError } from './api-error.ts';
import { answer, type ApiResponse } from './routes.ts';

/** A thousand proxies with ten faults each. */
const bodyMaxBytes = 4_000_000;

/** The control API: Toxiproxy's, so that its clients drive it, and what it does not have. */
export class ControlServer {
  readonly #proxies: Proxies;
  readonly #server: Server;
  /** Changes take turns. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(proxies: Proxies) {
    this.#proxies = proxies;
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  /**
   * Begins to listen, and says where; port 0: the system picks one.
   *
   * @throws what `listen` says, such as EADDRINUSE.
   */
  async start({ host, port }: Address): Promise<Address> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ port, ...(host !== '' && { host }) }, () => resolve());
    });
    const bound = this.#server.address();
    if (typeof bound !== 'object' || bound === null) return { host, port };
    return { host: bound.address, port: bound.port };
  }

  /** Ends at once, whatever is under way. */
  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let result: ApiResponse;
    try {
      result = await this.#answer(request);
    } catch (error) {
      const { message, status } = toApiError(error);
      result = { status, json: { error: message, status } };
    }
    const { status, json, text } = result;
    if (json !== undefined) {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(json));
    } else if (text !== undefined) {
      response.writeHead(status, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
      response.end(text);
    } else {
      response.writeHead(status).end();
    }
  }

  async #answer(request: IncomingMessage): Promise<ApiResponse> {
    const { method = '', url = '/', headers } = request;
    // As Toxiproxy does: a page in a browser must not be able to post here.
    if (headers['user-agent']?.startsWith('Mozilla/') === true) {
      throw new ApiError('user agent not allowed: browsers are kept out', 403);
    }
    const { pathname, searchParams: query } = new URL(url, 'http://control');
    const path = pathname
      .split('/')
      .filter((step) => step !== '')
      .map(decoded);
    const body = await bodyOf(request);
    const turn = this.#turn.then(() => answer(this.#proxies, { method, path, query, body }));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    throw new ApiError(`not an encoded path: ${step}`, 400);
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes > bodyMaxBytes) throw new ApiError('the body is too long', 413);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** `http://127.0.0.1:8474`. */
export function urlOf(address: Address): string {
  return `http://${formatAddress(address)}`;
}
