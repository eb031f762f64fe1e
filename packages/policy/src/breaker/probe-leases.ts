/**
 * The permissions of one half-open state: a window of `count`, each leased to a probe or used up by
 * one that succeeded. A lease that has run out is not taken back until another call needs it, so
 * that a result which comes just then counts.
 */
export class ProbeLeases {
  private count: number;
  private readonly permissions: number[] = [];
  private readonly endsMs: number[] = [];
  private successes: number = 0;

  constructor(count: number) {
    this.count = count;
  }

  /** A new half-open state, of so many probes. */
  reset(count: number): void {
    this.count = count;
    this.permissions.length = 0;
    this.endsMs.length = 0;
    this.successes = 0;
  }

  available(nowMs: number): boolean {
    return this.free() || this.lost(nowMs) >= 0;
  }

  /** Only when one is available. */
  take(permission: number, nowMs: number, endMs: number): void {
    if (!this.free()) this.remove(this.lost(nowMs));
    this.permissions.push(permission);
    this.endsMs.push(endMs);
  }

  /** The probe has a result. False: its lease was given to another. */
  end(permission: number): boolean {
    const index = this.permissions.indexOf(permission);
    if (index >= 0) this.remove(index);
    return index >= 0;
  }

  /** After `end`, for a probe that succeeded. True: that was the last one needed. */
  succeeded(): boolean {
    this.successes += 1;
    return this.successes >= this.count;
  }

  private free(): boolean {
    return this.permissions.length + this.successes < this.count;
  }

  /** The index of a lease that has run out, or −1. */
  private lost(nowMs: number): number {
    return this.endsMs.findIndex((endMs) => endMs < nowMs);
  }

  private remove(index: number): void {
    this.permissions.splice(index, 1);
    this.endsMs.splice(index, 1);
  }
}
