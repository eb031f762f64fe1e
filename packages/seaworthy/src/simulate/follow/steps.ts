import type { Reason } from '@seaworthy/policy/engine';

import type { SimulatedCall } from '../policy/simulated-call.ts';
import type { World } from '../world.ts';

/** An attempt of a call that is followed begins. */
export function followAttempt({ nowMs }: World, call: SimulatedCall, waitMs: number): void {
  call.attemptTrail = call.trail!.attempt(nowMs, waitMs, call.hedgeOf !== undefined);
}

/** It becomes a request to a replica. */
export function followRequest(world: World, call: SimulatedCall, request: number): void {
  const { requests, replicas } = world;
  call.attemptTrail!.replica = replicas[requests.replica[request]!]!.number;
  requests.trail[request] = call.attemptTrail;
}

/** Its caller has an answer, or has given up. What its replica goes on to do is still followed. */
export function leaveAttempt({ nowMs }: World, call: SimulatedCall, reason: Reason): void {
  call.attemptTrail!.ended(nowMs, reason);
  call.attemptTrail = undefined;
}

export function followSettled({ nowMs, examples }: World, call: SimulatedCall): void {
  const trail = call.trail!;
  trail.settled(nowMs, call.outcome, call.reason);
  if (trail.isTask) examples.add(trail);
}
