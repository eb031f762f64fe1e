import { isOfDependency, Reason, reasonNames } from '../call/reason.ts';
import type { RetryReason } from '../options/call-policy.ts';
import type { ChaosError } from '../chaos/chaos-error.ts';

/** How an attempt ended: what it threw, or what it gave. */
export type Outcome = { readonly error: unknown } | { readonly value: unknown };

/** A failure of the dependency, or its refusal. */
export interface Judgement {
  /**
   * `shed`: it is well, and refused this one for good. Not held against it, and not asked again.
   */
  readonly reason: RetryReason | 'shed';
  /** The wait that the dependency asked for, in milliseconds. Default none. */
  readonly retryAfterMs?: number;
}

/**
 * Takes the outcome of an attempt for a failure, or (undefined) as it is by default: what was
 * thrown is a failure, a value is none.
 */
export type Judge = (outcome: Outcome) => Judgement | undefined;

/** The reason for the engine; one that is no word of ours counts as an error. */
export function reasonOf(judgement: { readonly reason: string }): Reason {
  const reason = (reasonNames as readonly string[]).indexOf(judgement.reason) as Reason;
  return reason === Reason.shed || isOfDependency(reason) ? reason : Reason.error;
}

/** The codes of Node and undici, and what they mean. */
const byCode: Readonly<Record<string, Reason>> = {
  ECONNRESET: Reason.reset,
  EPIPE: Reason.reset,
  ECONNABORTED: Reason.reset,
  UND_ERR_SOCKET: Reason.reset,
  ECONNREFUSED: Reason.unreachable,
  EHOSTUNREACH: Reason.unreachable,
  ENETUNREACH: Reason.unreachable,
  ENOTFOUND: Reason.unreachable,
  EAI_AGAIN: Reason.unreachable,
  UND_ERR_CONNECT_TIMEOUT: Reason.unreachable,
  ETIMEDOUT: Reason.timeout,
  UND_ERR_HEADERS_TIMEOUT: Reason.timeout,
  UND_ERR_BODY_TIMEOUT: Reason.timeout,
};

/** `fetch` hides what happened in the cause of a TypeError; others wrap once more. */
const DEEPEST_CAUSE = 4;

/** How a thrown error is taken when nothing else is said: by the code on it or on its cause. */
export function reasonOfError(error: unknown): Reason {
  if (isChaos(error)) return reasonOf(error);
  let at = error;
  for (let depth = 0; depth < DEEPEST_CAUSE && typeof at === 'object' && at !== null; depth++) {
    const { code, cause } = at as { code?: unknown; cause?: unknown };
    const reason = typeof code === 'string' ? byCode[code] : undefined;
    if (reason !== undefined) return reason;
    at = cause;
  }
  return Reason.error;
}

/** By its name, so that a bundle without chaos does not hold the class. */
function isChaos(error: unknown): error is ChaosError {
  return error instanceof Error && error.name === 'ChaosError';
}
