import type { Admission } from '../admission/admission.ts';
import type { OutcomeStage } from '../fallback/outcome.ts';
import type { MonotonicTime } from '../time/monotonic.ts';
import type { TimerQueue } from '../timers/timer-queue.ts';
import type { Call } from './call.ts';
import type { Gate } from './gate.ts';
import { Reason } from './reason.ts';

/** Used for every call that waits: a constant of this file costs nothing to read. */
const none = Reason.none;

/** Where the calls come from, and go to when they have a slot. */
export interface SlotQueueStage {
  readonly gate: Gate;
  readonly timers: TimerQueue<Call>;
  startAttempt(call: Call, queueWaitMs: number): void;
}

export interface SlotQueueParts {
  readonly time: MonotonicTime;
  readonly admission: Admission | undefined;
  readonly outcome: OutcomeStage;
}

/** What becomes of calls while they wait for a slot of the limit. Hedges never do. */
export class SlotQueue {
  private readonly stage: SlotQueueStage;
  private readonly time: MonotonicTime;
  private readonly admission: Admission | undefined;
  private readonly outcome: OutcomeStage;
  private isHandingOver: boolean = false;

  constructor(stage: SlotQueueStage, parts: SlotQueueParts) {
    this.stage = stage;
    this.time = parts.time;
    this.admission = parts.admission;
    this.outcome = parts.outcome;
  }

  /** The call has joined the queue. */
  wait(call: Call): void {
    const { gate, timers } = this.stage;
    call.phase = 'queued';
    const dueMs = gate.queueEndMs(call);
    if (dueMs < Infinity) timers.set(call, dueMs);
  }

  /** The queue is full. */
  turnAway(call: Call): void {
    if (this.admission !== undefined && call.attempt === 0) this.admission.turnedAway();
    this.outcome.giveUp(call, Reason.queueFull);
  }

  /** It has waited for as long as it may. */
  expire(call: Call): void {
    this.leave(call, this.stage.gate.queueEndReason(call));
  }

  refuseAll(reason: Reason): void {
    const { limit } = this.stage.gate;
    for (let call = limit.queue.first; call !== undefined; call = limit.queue.first) {
      queueOf(call).leave(call, reason);
    }
  }

  /**
   * Hands free slots to what waits: in the turn in which they came free, and one after the other
   * instead of one within the other, so that a long queue of calls that end at once does not
   * overflow the stack.
   */
  handOver(): void {
    const { limit } = this.stage.gate;
    if (limit.queue.size === 0 || this.isHandingOver) return;
    this.isHandingOver = true;
    try {
      for (let call = limit.next(); call !== undefined; call = limit.next()) {
        queueOf(call).offerSlot(call);
      }
    } finally {
      this.isHandingOver = false;
    }
  }

  private offerSlot(call: Call): void {
    const { gate, timers } = this.stage;
    const { nowMs } = this.time;
    timers.remove(call);
    call.phase = 'deciding';
    if (nowMs >= gate.queueEndMs(call)) return this.stop(call, gate.queueEndReason(call));
    if (call.task !== undefined && call.task.attemptsAllowed() <= 0) {
      return this.outcome.giveUp(call, Reason.attemptsSpent);
    }
    const refusal = gate.enterFromQueue(call);
    if (refusal !== none) return this.stop(call, refusal);
    this.stage.startAttempt(call, nowMs - call.queuedMs);
  }

  private leave(call: Call, reason: Reason): void {
    const { gate, timers } = this.stage;
    timers.remove(call);
    gate.limit.queue.remove(call);
    this.stop(call, reason);
  }

  /** It is out of the queue, without a slot. */
  private stop(call: Call, reason: Reason): void {
    if (this.admission !== undefined && call.attempt === 0) {
      this.admission.gaveUp(this.time.nowMs - call.queuedMs);
    }
    this.outcome.giveUp(call, reason);
  }
}

/** Whose queue it is in: after `reconfigure` several engines may wait for the same slots. */
function queueOf(call: Call): SlotQueue {
  return call.engine!.attempts.queue;
}
