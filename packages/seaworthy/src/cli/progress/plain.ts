import type { Progress, ProgressEvent } from './event.ts';
import { plainLine } from './lines.ts';
import { SearchStatus } from './search.ts';
import { Status } from './status.ts';

/** Often enough to see in a log that it goes on, and a run of an hour is still read at a glance. */
const lineEveryMs = 5000;

/** One line now and then. A run that is over sooner prints none. */
export class PlainProgress implements Progress {
  readonly #stream: NodeJS.WritableStream;
  readonly #timer: NodeJS.Timeout;
  #status: Status | undefined;
  #search: SearchStatus | undefined;

  constructor(stream: NodeJS.WritableStream) {
    this.#stream = stream;
    this.#timer = setInterval(() => this.#print(), lineEveryMs);
    this.#timer.unref();
  }

  tell(event: ProgressEvent): void {
    switch (event.kind) {
      case 'scenario-began':
      case 'change-began':
        this.#status = new Status(event, performance.now());
        return;
      case 'sample':
        this.#status?.add(event.replication, event.sample);
        return;
      case 'search':
        this.#search ??= new SearchStatus(event, performance.now());
        this.#search.add(event);
        return;
      case 'stopping':
        this.#stream.write('stopping; once more to end at once\n');
        return;
      case 'scenario-ended':
        this.#status = undefined;
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #print(): void {
    if (this.#search !== undefined) {
      this.#stream.write(`${this.#search.plainLine(performance.now())}\n`);
    }
    if (this.#status !== undefined) this.#stream.write(`${plainLine(this.#status)}\n`);
  }
}
