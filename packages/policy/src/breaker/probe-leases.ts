/**
 * The permissions of one half-open state: a window of `count`, each leased to a probe or used up by
 * one that succeeded. A lease that has run out is not taken back until another call needs it, so
 * that a result which comes just then counts.
 */
export class ProbeLeases {
  private count: number;
  /** When each permission runs out. */
  private readonly endsMs: Map<number, number> = new Map();
  private successes: number = 0;

  constructor(count: number) {
    this.count = count;
  }

  /** A new half-open state, of so many probes. */
  reset(count: number): void {
    this.count = count;
    this.endsMs.clear();
    this.successes = 0;
  }

  available(nowMs: number): boolean {
    return this.isFree() || this.lost(nowMs) !== undefined;
  }

  /** Only when one is available. */
  take(permission: number, nowMs: number, endMs: number): void {
    if (!this.isFree()) this.endsMs.delete(this.lost(nowMs)!);
    this.endsMs.set(permission, endMs);
  }

  /** The probe has a result. False: its lease was given to another. */
  end(permission: number): boolean {
    return this.endsMs.delete(permission);
  }

  /** After `end`, for a probe that succeeded. True: that was the last one needed. */
  succeeded(): boolean {
    this.successes += 1;
    return this.successes >= this.count;
  }

  private isFree(): boolean {
    return this.endsMs.size + this.successes < this.count;
  }

  /** One whose lease has run out. */
  private lost(nowMs: number): number | undefined {
    for (const [permission, endMs] of this.endsMs) if (endMs < nowMs) return permission;
    return undefined;
  }
}
