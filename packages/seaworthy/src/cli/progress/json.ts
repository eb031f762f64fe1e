import { nullWhereUnknown } from '../../report/json.ts';
import type { Progress, ProgressEvent } from './event.ts';

/**
 * Every event as a line of JSON, for programs. `schema` counts up when a key changes its meaning or
 * goes away.
 */
export class JsonProgress implements Progress {
  readonly #stream: NodeJS.WritableStream;

  constructor(stream: NodeJS.WritableStream) {
    this.#stream = stream;
  }

  tell(event: ProgressEvent): void {
    this.#stream.write(`${JSON.stringify({ schema: 1, ...event }, nullWhereUnknown)}\n`);
  }

  close(): void {
    // Every line is complete: there is nothing to clear away.
  }
}
