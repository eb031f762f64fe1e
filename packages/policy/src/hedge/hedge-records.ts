import { Call } from '../call/call.ts';
import type { CallHost } from '../call/host.ts';

/** The records of hedges: pooled, because a call has one only while its hedge runs. */
export class HedgeRecords {
  private readonly host: CallHost;
  private readonly free: Call[] = [];

  constructor(host: CallHost) {
    this.host = host;
  }

  /** A record for a hedge of `call`: what the two share is copied. */
  take(call: Call): Call {
    const hedge = this.free.pop() ?? this.host.createHedge?.() ?? new Call();
    hedge.owner = call.owner;
    hedge.context = call.context;
    hedge.engine = call.engine;
    hedge.task = call.task;
    hedge.level = call.level;
    hedge.key = call.key;
    hedge.hedgeOf = call;
    hedge.startMs = call.startMs;
    hedge.deadlineMs = call.deadlineMs;
    hedge.hedgeDueMs = Infinity;
    return hedge;
  }

  /** The hedge has ended. Its token stays, so that what it still reports is late. */
  release(hedge: Call): void {
    hedge.phase = 'idle';
    hedge.hedgeOf = undefined;
    hedge.task = undefined;
    hedge.context = undefined;
    hedge.value = undefined;
    hedge.at = undefined;
    this.free.push(hedge);
  }
}
