import { isLocalRejection, Reason } from '../call/reason.ts';
import { PolicyError } from './policy-error.ts';
import type { PromiseCall } from './promise-call.ts';

/** What the call fails with: what its function threw, unless it was decided here. */
export function errorOf(who: string, call: PromiseCall): unknown {
  const { reason, failure } = call;
  if (reason === Reason.cancelled && call.callerSignal !== undefined) {
    return call.callerSignal.reason;
  }
  if (!isDecided(reason) && failure !== undefined) return failure;
  return new PolicyError(who, reason, failure, retryAfterOf(call));
}

/** When asking again can succeed at the earliest. Undefined: nobody knows. */
function retryAfterOf({ reason, engine }: PromiseCall): number | undefined {
  if (reason !== Reason.breakerOpen) return undefined;
  const { attempts, time } = engine!;
  const openForMs = attempts.gate.breaker!.openForMs(time.look());
  return openForMs > 0 ? openForMs : undefined;
}

/** What the signal of an attempt or a fallback aborts with. */
export function abortReasonOf(who: string, call: PromiseCall, reason: Reason): unknown {
  if (reason === Reason.cancelled && call.callerSignal !== undefined) {
    return call.callerSignal.reason;
  }
  return new PolicyError(who, reason);
}

/**
 * Decided here, so that the call fails with that, and not with what an attempt gave before. What is
 * shed here never had an attempt: one that had was shed by the dependency.
 */
export function isDecided(reason: Reason): boolean {
  return isLocalRejection(reason) && reason !== Reason.shed;
}
