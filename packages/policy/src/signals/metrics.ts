import type { Call } from '../call/call.ts';
import { Reason } from '../call/reason.ts';
import type { Observe, ObservedPolicy, PolicyObserver } from '../promise/observer.ts';
import { LabelSets } from './labels.ts';
import type { Labels, LabelSet } from './labels.ts';
import { endedAs, settledAs } from './outcome.ts';

/** Where metrics go. */
export interface MetricSink {
  /** Counts one more. */
  count(name: CounterName, labels: Labels): void;
  /** One more value of a histogram of times. */
  record(name: HistogramName, seconds: number, labels: Labels): void;
  /** What the gauges are read from, whenever somebody asks. */
  watch(policy: ObservedPolicy, name: string): void;
}

/** Each counter and what it counts: names and meanings as in the run record. */
export const counters = {
  offered: 'Calls that began',
  succeeded: 'Calls that the dependency, or the cache, answered with success',
  fallback: 'Calls that a fallback answered, by the reason it had to',
  failed: 'Calls that failed for what the dependency did or did not do, by reason',
  rejected: 'Calls that were refused on the side of the caller, by reason',
  attempts: 'Attempts that began',
  attempts_failed: 'Attempts that ended without success, by reason',
  retries: 'Attempts after the first of their call',
  retries_stopped: 'Retries that were not made, by what stopped them',
  hedges: 'Of the attempts, those that were hedges',
  hedges_stopped: 'Hedges that were due and not made, by what stopped them',
  cache: 'Calls that asked the cache, by what it did',
  refreshes: 'Refreshes in the background that began',
  refreshes_stopped: 'Refreshes that the budget did not allow',
  breaker_changes: 'Changes of the state of the breaker, by the new state',
  endpoints_ejected: 'Endpoints that were taken out of the choice, by why',
  faults: 'Faults that chaos injected, by fault',
} as const;

export type CounterName = keyof typeof counters;

export const histograms = {
  latency: 'Of calls, from their start to their end, by outcome',
  wait: 'Of attempts, from asking for a slot of the limit to holding it',
  service_time: 'Of attempts, from holding a slot to their end, by outcome',
} as const;

export type HistogramName = keyof typeof histograms;

/** Turns what happens to policies into metrics. */
export function metricsInto(sink: MetricSink): Observe {
  const labels = new LabelSets();
  return (policy) => {
    const own = labels.of(policy.policyName);
    sink.watch(policy, own.plain.policy);
    return new MetricObserver(sink, own, policy);
  };
}

/** What is counted for every call makes no object for it: labels are made once. */
class MetricObserver implements PolicyObserver {
  /** Kept for as long as the policy is: sinks keep no policy themselves. */
  readonly policy: ObservedPolicy;
  private readonly sink: MetricSink;
  private readonly labels: LabelSet;

  constructor(sink: MetricSink, labels: LabelSet, policy: ObservedPolicy) {
    this.sink = sink;
    this.labels = labels;
    this.policy = policy;
  }

  callStarted(): void {
    this.sink.count('offered', this.labels.plain);
  }

  callSettled(call: Call, durationMs: number): void {
    const as = settledAs(call);
    const { labels, sink } = this;
    sink.count(as, as === 'succeeded' ? labels.plain : labels.reason(call.reason));
    sink.record('latency', durationMs / 1000, labels.with('outcome', as));
  }

  attemptStarted(call: Call, queueWaitMs: number): void {
    const { sink } = this;
    const { plain } = this.labels;
    sink.count('attempts', plain);
    if (call.hedgeOf !== undefined) sink.count('hedges', plain);
    if (call.attempt > 1) sink.count('retries', plain);
    sink.record('wait', queueWaitMs / 1000, plain);
  }

  attemptEnded(_: Call, reason: Reason, durationMs: number): void {
    const { labels, sink } = this;
    if (reason !== Reason.none) sink.count('attempts_failed', labels.reason(reason));
    sink.record('service_time', durationMs / 1000, labels.with('outcome', endedAs(reason)));
  }

  retryStopped(_: Call, stop: string): void {
    this.sink.count('retries_stopped', this.labels.with('reason', stop));
  }

  hedgeStopped(_: Call, stop: string): void {
    this.sink.count('hedges_stopped', this.labels.with('reason', stop));
  }

  cacheAnswered(_: Call, how: string): void {
    this.sink.count('cache', this.labels.with('how', how));
  }

  cacheRescued(): void {
    this.sink.count('cache', this.labels.with('how', 'rescued'));
  }

  refreshStarted(): void {
    this.sink.count('refreshes', this.labels.plain);
  }

  refreshStopped(): void {
    this.sink.count('refreshes_stopped', this.labels.plain);
  }

  breakerChanged(_: string, to: string): void {
    this.sink.count('breaker_changes', this.labels.with('state', to));
  }

  endpointEjected(_: number, __: number, why: string): void {
    this.sink.count('endpoints_ejected', this.labels.with('reason', why));
  }

  faultInjected(_: Call, fault: string): void {
    this.sink.count('faults', this.labels.with('fault', fault));
  }
}
