import type { CallEngine } from '../call/engine.ts';

/** The engines of one policy: that for new calls, and those from before that still have some. */
export class Engines {
  /** For calls that start from here on. */
  current: CallEngine;
  /** Calls and flights in it. */
  private inside: number = 0;
  /** Those from before `reconfigure`, and how many are still in each. */
  private readonly before: Map<CallEngine, number> = new Map();

  constructor(first: CallEngine) {
    this.current = first;
  }

  /** A call or a flight begins. */
  entered(engine: CallEngine): void {
    if (engine === this.current) this.inside++;
    else this.before.set(engine, (this.before.get(engine) ?? 0) + 1);
  }

  /** A call or a flight is over. */
  left(engine: CallEngine): void {
    if (engine === this.current) {
      this.inside--;
      return;
    }
    const others = this.before.get(engine)! - 1;
    if (others > 0) this.before.set(engine, others);
    else this.before.delete(engine);
  }

  /** Calls that start from here on start in this one; the others end where they are. */
  goOnIn(engine: CallEngine): void {
    if (engine === this.current) return;
    if (this.inside > 0) this.before.set(this.current, this.inside);
    this.current = engine;
    this.inside = 0;
  }

  shutdown(): void {
    this.current.shutdown();
    for (const engine of this.before.keys()) engine.shutdown();
  }
}
