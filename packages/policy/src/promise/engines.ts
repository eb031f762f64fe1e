import type { CallEngine } from '../call/engine.ts';

/** The engines of one policy: that for new calls, and those from before that still have some. */
export class Engines {
  /** For calls that start from here on. */
  current: CallEngine;
  /**
   * Those from before `reconfigure`. A call holds its engine, so that one that is gone had none;
   * to shut down one that has none, and is not gone yet, does nothing.
   */
  private before: readonly WeakRef<CallEngine>[] = [];

  constructor(first: CallEngine) {
    this.current = first;
  }

  /** Calls that start from here on start in this one; the others end where they are. */
  goOnIn(engine: CallEngine): void {
    if (engine === this.current) return;
    const left = this.before.filter((one) => one.deref() !== undefined);
    this.before = [...left, new WeakRef(this.current)];
    this.current = engine;
  }

  shutdown(): void {
    this.current.shutdown();
    for (const engine of this.before) engine.deref()?.shutdown();
  }
}
