import type { Progress, ProgressEvent } from './event.ts';
import { plainLine } from './lines.ts';
import { Underway } from './underway.ts';

/** Often enough to see in a log that it goes on, and a run of an hour is still read at a glance. */
const lineEveryMs = 5000;

/** One line now and then. A run that is over sooner prints none. */
export class PlainProgress implements Progress {
  readonly #stream: NodeJS.WritableStream;
  readonly #timer: NodeJS.Timeout;
  readonly #underway = new Underway();

  constructor(stream: NodeJS.WritableStream) {
    this.#stream = stream;
    this.#timer = setInterval(() => this.#print(), lineEveryMs);
    this.#timer.unref();
  }

  tell(event: ProgressEvent): void {
    this.#underway.tell(event);
    if (event.kind === 'stopping') this.#stream.write('stopping; once more to end at once\n');
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #print(): void {
    const { search, status } = this.#underway;
    if (search !== undefined) this.#stream.write(`${search.plainLine(performance.now())}\n`);
    if (status !== undefined) this.#stream.write(`${plainLine(status)}\n`);
  }
}
