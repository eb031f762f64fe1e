import type { CallPolicy } from '../options/call-policy.ts';
import type { Random } from '../random/random.ts';
import type { Clock } from '../time/clock.ts';
import type { FallbackContext } from './fallbacks.ts';
import type { Chaos } from './invoke.ts';
import type { Judge } from './judge.ts';
import type { ObserverOption } from './observer.ts';
import * as all from './parts.ts';
import { policyOf } from './policy-of.ts';
import type { Work } from './promise-call.ts';
import type { CallOptions } from './runner.ts';
import type { PolicySnapshot } from './snapshot.ts';
import type { PolicyState } from './state.ts';

/** What a policy does, and what it does it with. `F` is what the fallbacks answer. */
export interface PolicyOptions<F = never> extends CallPolicy {
  /** Who decided, in errors and signals. Default `policy`. */
  readonly name?: string;
  /** What answers when the call fails, one after the other, 10 at most. Default none. */
  readonly fallback?: readonly ((context: FallbackContext) => F | PromiseLike<F>)[];
  /**
   * Where attempts may go: the function gets the one that was chosen. Default: it knows by itself.
   */
  readonly endpoints?: readonly string[];
  /**
   * Takes what an attempt threw or gave for a failure with a reason, or for none. Default: what was
   * thrown is a failure, by the `code` on it or on its `cause`; a value is a success.
   */
  readonly judge?: Judge;
  /** Who is told what happens: an observer or several, as they are or made for this policy. */
  readonly observer?: ObserverOption;
  /**
   * Faults on purpose, in place of or before the function of an attempt: `chaos({ faults })` of
   * `@seaworthy/policy/chaos`. Default none; nothing but this option switches it on.
   */
  readonly chaos?: Chaos;
}

/** Time and chance, for tests: see `@seaworthy/policy/testing`. Default: those of the machine. */
export interface PolicyParts {
  /** What time it is, and timers. Default those of the platform. */
  readonly clock?: Clock;
  /** For jitter, early refreshes, and choices at random. Default `Math.random`. */
  readonly random?: Random;
}

/** A function that calls functions, within a policy: what each has, whatever its parts. */
export interface CorePolicy<F = never> {
  /**
   * Calls `work`, once for each attempt.
   *
   * @returns What it gave, or what a fallback answered.
   * @throws What it threw, when no attempt did better; {@link PolicyError} for a decision of the
   * policy; the reason of `options.signal` when that aborted.
   */
  <T>(work: Work<T>, options?: CallOptions): Promise<T | F>;
  /** Its name, from the options. */
  readonly policyName: string;
  /** What it is up to now. */
  snapshot(): PolicySnapshot;
  /**
   * No attempt begins from here on: what waits fails for `shutdown`, and so does every later call.
   * What runs may end.
   */
  shutdown(): void;
}

/** A policy with all parts. */
export interface Policy<F = never> extends CorePolicy<F> {
  /**
   * What it has learned, as plain data: breaker, budget, adaptive limit. For the process that comes
   * after this one, so that it does not send its first calls to what is known to be down.
   */
  exportState(): PolicyState;
  /**
   * Goes on where that policy was: parts that this one does not have are left out, and nothing goes
   * beyond its own settings. To be called before its first call.
   *
   * @param ageMs How long ago it was exported: a breaker is open for so much less. Default 0.
   * @throws OptionError for what is no such state.
   */
  restore(state: unknown, ageMs?: number): void;
  /**
   * Goes on by these options, all of them anew, as if it had been made with them, and keeps its
   * state. Breaker, budget, limit with its slots and its queue, and cache keep what they know
   * whatever changes in them; throttle, admission, hedge and endpoints while their own options are
   * the same. What is left out is forgotten. Calls in flight end by the parts that they began with.
   *
   * @throws OptionError for an option that cannot be used: nothing has changed then.
   */
  reconfigure(options: CallPolicy): void;
  /**
   * Where attempts may go from here on: some have come or gone.
   *
   * @throws OptionError for what is no list of names.
   */
  setEndpoints(endpoints: readonly string[]): void;
}

/** In the order in which they are told where one is mistyped. */
const make = /* @__PURE__ */ policyOf(
  all.fallback,
  all.cache,
  all.admission,
  all.fullRetry,
  all.throttle,
  all.hedge,
  all.endpoints,
  all.breaker,
  all.fullLimit,
  all.observer,
  all.chaos,
  all.state,
  all.reconfigure,
);

/**
 * Makes a policy. Make one for each dependency, once, and call through it: the state of breaker,
 * budget and limit is its own.
 *
 * @throws OptionError for an option that cannot be used.
 */
export function policy<F = never>(options: PolicyOptions<F>, parts?: PolicyParts): Policy<F> {
  return make<F>(options, parts);
}
