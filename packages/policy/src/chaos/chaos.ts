/**
 * Faults on purpose, for the option `chaos` of a policy. A program that does not import this cannot
 * inject any.
 *
 * @packageDocumentation
 */
import type { Call } from '../call/call.ts';
import type { Duration, RetryReason, Share } from '../options/call-policy.ts';
import type { AttemptContext } from '../promise/attempt-context.ts';
import type { Chaos, Injector } from '../promise/invoke.ts';
import type { PolicyObserver } from '../promise/observer.ts';
import type { Work } from '../promise/promise-call.ts';
import type { Random } from '../random/random.ts';
import { stream } from '../random/streams.ts';
import type { Clock } from '../time/clock.ts';
import { rulesOf } from './rules.ts';
import type { ChaosRule } from './rules.ts';

export { ChaosError } from './chaos-error.ts';

/** One fault: exactly one of `latency`, `error` and `hang`, and which attempts it happens to. */
export interface ChaosFault {
  /** Holds the attempt up before its function is called: for so long, or evenly in between. */
  readonly latency?: Duration | { readonly from: Duration; readonly to: Duration };
  /** Fails the attempt, and its function is not called: for a reason, or with what this makes. */
  readonly error?: RetryReason | (() => unknown);
  /** The attempt does not end until it is given up, and its function is not called. */
  readonly hang?: true;
  /** Of the attempts, more than 0% to 100%. Default 100%. */
  readonly share?: Share;
  /** Only the first so many attempts that `when` holds for, since the policy was made. */
  readonly first?: number;
  /** Only attempts that this holds for. Default all. */
  readonly when?: (context: AttemptContext) => boolean;
}

/** Faults that are injected on purpose, as the innermost step of each attempt. */
export interface ChaosOptions {
  /** The same seed gives the same faults to the same order of attempts. Default 1. */
  readonly seed?: number;
  /** 1 to 20. Each decides for itself: latencies add up, and the first error or hang counts. */
  readonly faults: readonly ChaosFault[];
}

/**
 * Faults for the attempts of a policy: `policy({ chaos: chaos({ faults: [...] }) })`. Each policy
 * that it is given to has its own dice.
 *
 * @throws OptionError for an option that cannot be used.
 */
export function chaos(options: ChaosOptions): Chaos {
  const { seed, rules } = rulesOf(options);
  return (policyName, clock) => new Faults(seed, rules, policyName, clock);
}

/**
 * Injects faults into the attempts of one policy. Each fault has its own stream of random numbers,
 * so that neither another fault nor the jitter of the policy moves its dice.
 */
class Faults implements Injector {
  private readonly policyName: string;
  private readonly rules: readonly ChaosRule[];
  private readonly dice: readonly Random[];
  /** Attempts that each rule may still happen to. */
  private readonly left: number[];
  private readonly clock: Clock;

  constructor(seed: number, rules: readonly ChaosRule[], policyName: string, clock: Clock) {
    this.policyName = policyName;
    this.rules = rules;
    this.dice = rules.map((_, index) => stream(seed, policyName, `chaos ${index}`));
    this.left = rules.map(({ first }) => first);
    this.clock = clock;
  }

  run(
    record: Call,
    context: AttemptContext,
    work: Work<unknown>,
    observer: PolicyObserver | undefined,
  ): unknown {
    let latencyMs = 0;
    let end: ChaosRule | undefined;
    for (const [index, rule] of this.rules.entries()) {
      if (!this.happens(rule, index, context)) continue;
      const heldUpMs = this.latencyMs(rule, index);
      latencyMs += heldUpMs;
      if (rule.fault !== 'latency' && end !== undefined) continue;
      if (rule.fault !== 'latency') end = rule;
      observer?.faultInjected?.(record, rule.fault, heldUpMs);
    }
    if (latencyMs === 0 && end === undefined) return work(context);
    return this.disturbed(latencyMs, end, context, work);
  }

  private happens(rule: ChaosRule, index: number, context: AttemptContext): boolean {
    if (this.left[index]! <= 0) return false;
    if (rule.when !== undefined && !rule.when(context)) return false;
    this.left[index]!--;
    return rule.share === 1 || this.dice[index]!.next() < rule.share;
  }

  private latencyMs({ fault, fromMs, toMs }: ChaosRule, index: number): number {
    if (fault !== 'latency') return 0;
    return fromMs === toMs ? fromMs : fromMs + (toMs - fromMs) * this.dice[index]!.next();
  }

  private async disturbed(
    latencyMs: number,
    end: ChaosRule | undefined,
    context: AttemptContext,
    work: Work<unknown>,
  ): Promise<unknown> {
    const { signal } = context;
    if (latencyMs > 0) await this.pause(latencyMs, signal);
    if (end === undefined) return work(context);
    if (end.fault === 'hang') return this.pause(Infinity, signal);
    throw end.makeError(this.policyName);
  }

  /** Ends early when nobody waits for the attempt any more, as a good function does. */
  private pause(forMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = forMs < Infinity ? this.clock.after(forMs, onEnd) : undefined;
      function onEnd(): void {
        signal.removeEventListener('abort', onAbort);
        resolve();
      }
      const onAbort = (): void => {
        signal.removeEventListener('abort', onAbort);
        if (timer !== undefined) this.clock.cancel(timer);
        reject(signal.reason);
      };
      if (signal.aborted) onAbort();
      else signal.addEventListener('abort', onAbort);
    });
  }
}
