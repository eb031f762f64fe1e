/** What one replica of the callee did over this edge, in some time. */
export interface ReplicaCounts {
  /** Requests that were sent to it. */
  readonly offered: number;
  /** Those of them that ended, and that failed. */
  readonly ended: number;
  readonly failed: number;
  /** What it took for those it answered, all together, from last byte here to first byte back. */
  readonly answered: number;
  readonly calleeTimeMs: number;
}

/** Counts by replica of the callee. */
export class ReplicaCounter {
  #counts: { -readonly [Key in keyof ReplicaCounts]: number }[] = [];

  offered(replica: number): void {
    this.#of(replica).offered++;
  }

  /** @param calleeTimeMs Negative: it did not answer. */
  ended(replica: number, isFailed: boolean, calleeTimeMs: number): void {
    const counts = this.#of(replica);
    counts.ended++;
    if (isFailed) counts.failed++;
    if (calleeTimeMs < 0) return;
    counts.answered++;
    counts.calleeTimeMs += calleeTimeMs;
  }

  /** What was counted since the time before, by the number of the replica. */
  take(): readonly ReplicaCounts[] {
    const counts = this.#counts;
    this.#counts = [];
    return counts;
  }

  #of(replica: number): { -readonly [Key in keyof ReplicaCounts]: number } {
    while (this.#counts.length <= replica) {
      this.#counts.push({ offered: 0, ended: 0, failed: 0, answered: 0, calleeTimeMs: 0 });
    }
    return this.#counts[replica]!;
  }
}
