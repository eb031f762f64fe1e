import type { FaultKind } from './fault.ts';

/** One fault that did something to one connection or request: the cause of what its client saw. */
export interface Injection {
  /** From 1, without gaps, over all edges. */
  readonly number: number;
  /** Milliseconds since the journal began. */
  readonly atMs: number;
  readonly edge: string;
  readonly fault: string;
  readonly kind: FaultKind;
  /** What the fault was drawn for. */
  readonly each: 'edge' | 'connection' | 'request';
  /** From 1, in the order in which the edge accepted them; 0: the whole edge. */
  readonly connection: number;
  /** Address and port of the client's end, by which a client finds its own; empty: the edge. */
  readonly client: string;
  /** From 1, on its connection; 0: not about one. */
  readonly request: number;
  /** The task that the request says it belongs to; empty where it says none. */
  readonly task: string;
  /** What was done, such as `delayed by 120 ms`. */
  readonly what: string;
}

/** Enough to look back over minutes of faults, in a few megabytes. */
const keptMax = 10_000;

/** All injections, one by one: the latest are kept, and each is handed on as it happens. */
export class Journal {
  readonly #listener: ((injection: Injection) => void) | undefined;
  readonly #kept: Injection[] = [];
  #number = 0;

  /** @param listener Told of every injection, in order. */
  constructor(listener?: (injection: Injection) => void) {
    this.#listener = listener;
  }

  /** How many there have been. */
  get total(): number {
    return this.#number;
  }

  /** Adds one, and gives it its number. */
  add(injection: Omit<Injection, 'number'>): void {
    const numbered = { number: ++this.#number, ...injection };
    if (this.#kept.length < keptMax) this.#kept.push(numbered);
    else this.#kept[(this.#number - 1) % keptMax] = numbered;
    this.#listener?.(numbered);
  }

  /** Those that are kept and have a larger number, in order. */
  after(number: number): readonly Injection[] {
    const first = Math.max(number, this.#number - this.#kept.length) + 1;
    const count = Math.max(0, this.#number - first + 1);
    return Array.from({ length: count }, (_, index) => this.#kept[(first + index - 1) % keptMax]!);
  }
}
