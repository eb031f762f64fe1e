import type { RetryReason } from '../options/call-policy.ts';

/** What Node says when that happens to a socket, so that code which looks there sees the same. */
const codes: Readonly<Partial<Record<RetryReason, string>>> = {
  reset: 'ECONNRESET',
  unreachable: 'ECONNREFUSED',
  timeout: 'ETIMEDOUT',
};

/** What an attempt fails with where chaos gives it an error by a reason. */
export class ChaosError extends Error {
  /** `ChaosError`. */
  override readonly name: string = 'ChaosError';
  /** The code of Node, where it has one for this reason; otherwise `SEAWORTHY_CHAOS`. */
  readonly code: string;
  /** Taken for a failure of the dependency with this reason. */
  readonly reason: RetryReason;

  constructor(who: string, reason: RetryReason) {
    super(`${who}: injected by chaos: ${reason}`);
    this.code = codes[reason] ?? 'SEAWORTHY_CHAOS';
    this.reason = reason;
  }
}
