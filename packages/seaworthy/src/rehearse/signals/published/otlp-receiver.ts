import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { type OtlpResource, resourcesOf } from './otlp-json.ts';

/** Far more than a process says of its policies, with all else that it measures. */
const bytesMax = 20_000_000;

/**
 * Receives what processes export over OTLP/HTTP as JSON. Traces and logs are taken and left alone,
 * so that exporters do not complain.
 */
export class OtlpReceiver {
  readonly #server = createServer((request, response) => this.#answer(request, response));
  readonly #take: (resource: OtlpResource) => void;

  constructor(take: (resource: OtlpResource) => void) {
    this.#take = take;
  }

  /** Begins to listen; what `OTEL_EXPORTER_OTLP_ENDPOINT` is to say. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= bytesMax) chunks.push(chunk);
    });
    request.on('end', () => {
      const isJson = (request.headers['content-type'] ?? '').startsWith('application/json');
      const status = bytes > bytesMax ? 413 : isJson ? this.#received(request.url, chunks) : 415;
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  }

  #received(url: string | undefined, chunks: readonly Buffer[]): number {
    if (url !== '/v1/metrics') return 200;
    try {
      const request: unknown = JSON.parse(Buffer.concat(chunks).toString());
      for (const resource of resourcesOf(request)) this.#take(resource);
      return 200;
    } catch (error) {
      if (error instanceof SyntaxError) return 400;
      throw error;
    }
  }
}
