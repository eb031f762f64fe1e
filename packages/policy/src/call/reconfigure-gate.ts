import { reconfigureBreaker } from '../breaker/reconfigure.ts';
import type { Call } from './call.ts';
import type { EngineParts } from './engine-parts.ts';
import type { Gate } from './gate.ts';
import { unlimited } from './gate.ts';
import { isSame } from './same-settings.ts';
import type { LimitSettings, PolicySettings } from './settings.ts';
import { stageFor } from './stages.ts';

/**
 * Slots that are held stay held, and what waits goes on waiting: in the order of the new queue, for
 * as long as that says, and also where the queue has no room for so many any more.
 */
export function reconfigureGate(
  gate: Gate,
  now: PolicySettings,
  next: PolicySettings,
  { random, stages }: EngineParts,
  nowMs: number,
): void {
  const { breaker, limit = unlimited } = next;
  gate.timeoutMs = next.timeoutMs ?? Infinity;
  gate.probeMs = breaker?.openMaxMs ?? Infinity;
  if (breaker === undefined || gate.breaker === undefined) {
    gate.breaker = stageFor(breaker, stages.breaker, random);
  } else reconfigureBreaker(gate.breaker, breaker, nowMs);
  reconfigureSlots(gate, limit, stages);
  const { queue } = limit;
  gate.limit.order = queue.order;
  if (!isSame(now.limit?.queue, queue)) {
    gate.limit.codel = stageFor(queue.order === 'codel' ? queue : undefined, stages.codel);
  }
  const maxWaitMs = queue.maxWaitMs ?? Infinity;
  if (maxWaitMs === gate.maxWaitMs) return;
  gate.maxWaitMs = maxWaitMs;
  let call = gate.limit.queue.first;
  for (; call !== undefined; call = call.next) waitAnew(gate, call);
}

function reconfigureSlots(
  gate: Gate,
  { concurrency, queue }: LimitSettings,
  { adaptive }: EngineParts['stages'],
): void {
  const { limit } = gate;
  if (typeof concurrency === 'number') {
    gate.adaptive = undefined;
    limit.concurrency = concurrency;
    limit.queueLimit = queue.limit ?? concurrency;
    return;
  }
  if (gate.adaptive === undefined) gate.adaptive = stageFor(concurrency, adaptive)!;
  else gate.adaptive.reconfigure(concurrency);
  limit.concurrency = gate.adaptive.limit;
  limit.queueLimit = queue.limit;
}

/** A call of whichever engine. */
function waitAnew(gate: Gate, call: Call): void {
  const { timers } = call.engine!.attempts;
  const dueMs = gate.queueEndMs(call);
  if (dueMs === Infinity) timers.remove(call);
  else timers.set(call, dueMs);
}
