import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Context, Span, Tracer } from '@opentelemetry/api';

import type { Call } from '../call/call.ts';
import { Reason, reasonNames } from '../call/reason.ts';
import type { Observe, PolicyObserver } from '../promise/observer.ts';
import { endedAs, settledAs } from './outcome.ts';

/** A span that has not ended, and the context in which it is the active one. */
interface Open {
  readonly span: Span;
  readonly within: Context;
}

/** One span a task, and below it one an attempt, in whose context the function runs. */
export function spansOf(tracer: Tracer): Observe {
  return (policy) => new SpanObserver(tracer, policy.policyName);
}

class SpanObserver implements PolicyObserver {
  private readonly tracer: Tracer;
  private readonly name: string;
  /** By the records, while these are in use. */
  private readonly tasks: Map<Call, Open> = new Map();
  private readonly attempts: Map<Call, Open> = new Map();

  constructor(tracer: Tracer, name: string) {
    this.tracer = tracer;
    this.name = name;
  }

  callStarted(call: Call): void {
    this.tasks.set(call, this.open(this.name, SpanKind.INTERNAL, context.active()));
  }

  callSettled(call: Call): void {
    const span = take(this.tasks, call);
    if (span === undefined) return;
    const outcome = settledAs(call);
    span.setAttribute('seaworthy.outcome', outcome);
    span.setAttribute('seaworthy.attempts', call.attempt);
    if (call.cached !== 'none') span.setAttribute('seaworthy.cache', call.cached);
    if (outcome !== 'succeeded') span.setAttribute('seaworthy.reason', reasonNames[call.reason]);
    if (outcome === 'failed' || outcome === 'rejected') markFailed(span, call.reason);
    span.end();
  }

  attemptStarted(record: Call, queueWaitMs: number): void {
    const isHedge = record.hedgeOf !== undefined;
    const open = this.open(`${this.name} attempt`, SpanKind.CLIENT, this.parentOf(record));
    const { span } = open;
    // As for any request that was sent again: only where it was.
    if (record.attempt > 1) span.setAttribute('http.request.resend_count', record.attempt - 1);
    if (isHedge) span.setAttribute('seaworthy.hedge', true);
    if (queueWaitMs > 0) span.setAttribute('seaworthy.wait', queueWaitMs / 1000);
    this.attempts.set(record, open);
  }

  attemptEnded(record: Call, reason: Reason): void {
    const span = take(this.attempts, record);
    if (span === undefined) return;
    if (reason !== Reason.none) span.setAttribute('seaworthy.reason', reasonNames[reason]);
    if (endedAs(reason) === 'failed') markFailed(span, reason);
    span.end();
  }

  runAttempt<T>(record: Call, work: () => T): T {
    const open = this.attempts.get(record);
    return open === undefined ? work() : context.with(open.within, work);
  }

  retryScheduled(call: Call, delayMs: number): void {
    this.tasks.get(call)?.span.addEvent('retry', { 'seaworthy.delay': delayMs / 1000 });
  }

  retryStopped(call: Call, stop: string): void {
    this.tasks.get(call)?.span.addEvent('retry stopped', { 'seaworthy.reason': stop });
  }

  fallbackStarted(call: Call, index: number, reason: Reason): void {
    this.tasks.get(call)?.span.addEvent('fallback', {
      'seaworthy.fallback': index,
      'seaworthy.reason': reasonNames[reason],
    });
  }

  faultInjected(record: Call, fault: string, latencyMs: number): void {
    this.attempts.get(record)?.span.addEvent('fault injected', {
      'seaworthy.fault': fault,
      ...(latencyMs > 0 && { 'seaworthy.latency': latencyMs / 1000 }),
    });
  }

  private open(name: string, kind: SpanKind, parent: Context): Open {
    const span = this.tracer.startSpan(name, { kind }, parent);
    span.setAttribute('seaworthy.policy', this.name);
    return { span, within: trace.setSpan(parent, span) };
  }

  /** The attempts of a flight belong to the task that has waited for it the longest. */
  private parentOf(record: Call): Context {
    const call = record.hedgeOf ?? record;
    const task = this.tasks.get(call) ?? this.tasks.get(call.flight?.waiting.first ?? call);
    return task === undefined ? context.active() : task.within;
  }
}

function take(from: Map<Call, Open>, record: Call): Span | undefined {
  const open = from.get(record);
  from.delete(record);
  return open?.span;
}

function markFailed(span: Span, reason: Reason): void {
  const word = reasonNames[reason];
  span.setAttribute('error.type', word);
  span.setStatus({ code: SpanStatusCode.ERROR, message: word });
}
