import { NS_PER_MS } from '../../../model/chance/sampler.ts';
import type { ArrivalProcess } from '../../../traffic/open-arrivals.ts';
import { LoadTask } from '../task.ts';
import type { Feed, Part } from './feed.ts';
import type { RequestChoice } from './request-choice.ts';

/**
 * Tasks of an open loop: they come whatever becomes of those before. Each thread draws all of them
 * and takes those that are its own, so that together they are the same however many there are.
 */
export class OpenFeed implements Feed {
  nextMs = 0;
  readonly #process: ArrivalProcess;
  readonly #choice: RequestChoice;
  readonly #part: Part;
  #nextNs = 0;
  #number = -1;
  #request = 0;

  constructor(process: ArrivalProcess, choice: RequestChoice, part: Part) {
    this.#process = process;
    this.#choice = choice;
    this.#part = part;
    this.#advance();
  }

  take(): LoadTask {
    const task = new LoadTask(this.#number, this.#request, this.nextMs);
    this.#advance();
    return task;
  }

  settled(): void {
    // Nobody waits for it.
  }

  #advance(): void {
    const { index, count } = this.#part;
    do {
      this.#nextNs = this.#process.after(this.#nextNs);
      this.#request = this.#choice.next();
      this.#number++;
    } while (this.#number % count !== index && this.#nextNs !== Infinity);
    this.nextMs = this.#nextNs / NS_PER_MS;
  }
}
