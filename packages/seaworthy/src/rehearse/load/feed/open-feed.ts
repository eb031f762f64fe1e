import { NS_PER_MS } from '../../../model/chance/sampler.ts';
import type { ArrivalProcess } from '../../../traffic/open-arrivals.ts';
import { LoadTask } from '../task.ts';
import type { Feed } from './feed.ts';
import type { RequestChoice } from './request-choice.ts';

/** Tasks of an open loop: they come whatever becomes of those before. */
export class OpenFeed implements Feed {
  nextMs: number;
  readonly #process: ArrivalProcess;
  readonly #choice: RequestChoice;
  #nextNs = 0;
  #number = -1;
  #request = 0;

  constructor(process: ArrivalProcess, choice: RequestChoice) {
    this.#process = process;
    this.#choice = choice;
    this.nextMs = this.#advance();
  }

  take(): LoadTask {
    const task = new LoadTask(this.#number, this.#request, this.nextMs);
    this.nextMs = this.#advance();
    return task;
  }

  #advance(): number {
    this.#nextNs = this.#process.after(this.#nextNs);
    this.#number++;
    this.#request = this.#choice.next();
    return this.#nextNs / NS_PER_MS;
  }
}
