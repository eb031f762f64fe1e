import { type LoadOptions, type LoadRun, startLoad } from '../load/load.ts';
import type { LoadPlan } from '../load/plan.ts';
import { together } from '../load/measure/merge.ts';
import { sleep } from '../stage/ready.ts';
import type { Subject } from './subject.ts';
import type { Window } from './trial.ts';
import { isWell, type Usual } from './usual.ts';

export interface WatchParts extends LoadOptions {
  readonly subject: Subject;
  /** Aborted: it watches no more. */
  readonly signal: AbortSignal;
}

/** A window is so long at least, and long enough for so many tasks. */
const windowLeastMs = 200;
const tasksOfWindow = 20;

/** So many windows in a row are no luck. */
const wellInARow = 3;

/** How long one window is. */
export function windowLengthMs(ratePerSecond: number): number {
  return Math.max(windowLeastMs, (tasksOfWindow / ratePerSecond) * 1000);
}

/** A steady load, and what comes of it, window by window. */
export class Watch {
  readonly #parts: WatchParts;
  readonly #load: LoadRun;
  /** For a time, beside the first. */
  readonly #more = new Set<LoadRun>();
  readonly #windowMs: number;

  private constructor(parts: WatchParts, load: LoadRun, windowMs: number) {
    this.#parts = parts;
    this.#load = load;
    this.#windowMs = windowMs;
  }

  /** Begins the load; the edges are measured from here on. */
  static async start(parts: WatchParts, plan: LoadPlan, windowMs: number): Promise<Watch> {
    const { clock, subject } = parts;
    const load = await startLoad(plan, parts);
    for (const { edge } of subject.dependencies) edge.meter.read(clock.now());
    return new Watch(parts, load, windowMs);
  }

  /** Milliseconds since it began. */
  get nowMs(): number {
    return this.#parts.clock.now() - this.#load.startMs;
  }

  /** For so long, or until it is given up. */
  async lasting(forMs: number): Promise<readonly Window[]> {
    const untilMs = this.nowMs + forMs;
    const windows: Window[] = [];
    while (this.nowMs < untilMs && !this.#parts.signal.aborted) {
      windows.push(await this.#next(Math.min(this.#windowMs, untilMs - this.nowMs)));
    }
    return windows;
  }

  /** Until tasks fare as usual for a while, and no longer than this. */
  async untilWell(usual: Usual, mostMs: number): Promise<readonly Window[]> {
    const untilMs = this.nowMs + mostMs;
    const windows: Window[] = [];
    for (let row = 0; row < wellInARow;) {
      if (this.nowMs >= untilMs || this.#parts.signal.aborted) break;
      const window = await this.#next(this.#windowMs);
      windows.push(window);
      row = isWell(window.tasks, usual) ? row + 1 : 0;
    }
    return windows;
  }

  /** For as long as it takes. */
  async until(over: Promise<unknown>): Promise<readonly Window[]> {
    const state = { isOver: false };
    const end = (): void => void (state.isOver = true);
    // Whoever has begun it is told of its failure.
    over.then(end, end);
    const windows: Window[] = [];
    while (!state.isOver && !this.#parts.signal.aborted) {
      windows.push(await this.#next(this.#windowMs));
    }
    return windows;
  }

  /** The tasks of this load count from now on, too. */
  add(load: LoadRun): void {
    this.#more.add(load);
  }

  async stop(): Promise<void> {
    await Promise.all([this.#load, ...this.#more].map((load) => load.stop()));
  }

  async #next(forMs: number): Promise<Window> {
    const { clock, subject, signal } = this.#parts;
    await sleep(clock, forMs, signal);
    const [first, ...more] = await Promise.all([this.#load, ...this.#more].map((it) => it.read()));
    const edges = subject.dependencies.map(({ edge }) => edge.meter.read(clock.now()));
    const { fromMs, toMs } = first!;
    return { fromMs, toMs, tasks: together([first!, ...more]), edges };
  }
}
