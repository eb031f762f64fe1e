import { Reason } from '@seaworthy/policy/engine';

import type { Edge } from '../../model/model.ts';
import type { SimulatedCall } from './simulated-call.ts';

/**
 * Whether a policy has nothing to decide: every attempt starts at once, and as it ends, so does its
 * call. Then the engine is left out, which does the same in more steps. A field that is not known
 * here makes a policy one that decides.
 */
export function isDirect(policy: Edge['policy']): boolean {
  return Object.values(policy).every((setting) => setting === undefined || setting === 0);
}

/** What the engine writes into a call that starts, and whose only attempt starts at once. */
export function startDirect(call: SimulatedCall, nowMs: number): void {
  call.engine = undefined;
  call.outcome = 'pending';
  call.reason = Reason.none;
  call.attempt = 1;
  call.startMs = nowMs;
}

/** What the engine writes into a call that settles with its only attempt. */
export function endDirect(call: SimulatedCall, reason: Reason): void {
  call.outcome = reason === Reason.none ? 'succeeded' : 'failed';
  call.reason = reason;
}
