import type { Reason } from '@seaworthy/policy/engine';

import { NS_PER_MS } from '../../model/chance/sampler.ts';
import type { SimulatedCall } from '../policy/simulated-call.ts';
import type { Requests } from '../work/requests.ts';
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
  // Whatever was at this index before had its own.
  requests.arrivedNs[request] = -1;
}

/** Its replica is done with it. When it arrived and began is known from the request itself. */
export function followDone({ requests, nowMs }: World, request: number): void {
  const trail = requests.trail[request]!;
  trail.doneMs = nowMs;
  noteStay(requests, request);
}

/** What is still at its replica when the run ends. */
export function followUnfinished({ requests }: World): void {
  for (const [request, trail] of requests.trail.entries()) {
    if (trail !== undefined && trail.doneMs === undefined) noteStay(requests, request);
  }
}

function noteStay({ trail, arrivedNs, startedNs }: Requests, request: number): void {
  const [arrived, started] = [arrivedNs[request]!, startedNs[request]!];
  if (arrived >= 0) trail[request]!.arrivedMs = arrived / NS_PER_MS;
  if (started >= 0) trail[request]!.workMs = started / NS_PER_MS;
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
