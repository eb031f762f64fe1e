import { obstacle, reconfigure } from '../call/reconfigure.ts';
import type { PolicySettings } from '../call/settings.ts';
import type { CallPolicy } from '../options/call-policy.ts';
import { OptionError } from '../options/reader.ts';
import { callPolicyNames, settingsOf } from '../options/settings.ts';
import type { Random } from '../random/random.ts';
import { systemRandom } from '../random/system.ts';
import type { Clock } from '../time/clock.ts';
import { systemClock } from '../time/system.ts';
import { Chaos } from './chaos.ts';
import type { ChaosOptions } from './chaos.ts';
import type { FallbackContext } from './fallbacks.ts';
import type { Judge } from './judge.ts';
import { observerOf } from './observer.ts';
import type { ObserverOption } from './observer.ts';
import type { Work } from './promise-call.ts';
import { Runner } from './runner.ts';
import type { CallOptions } from './runner.ts';
import { snapshotOf } from './snapshot.ts';
import type { PolicySnapshot } from './snapshot.ts';
import { exportState, restoreState } from './state.ts';
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
   * Faults on purpose, in place of or before the function of an attempt. Default none; nothing but
   * this option switches it on.
   */
  readonly chaos?: ChaosOptions;
}

/** Time and chance, for tests: see `@seaworthy/policy/testing`. Default: those of the machine. */
export interface PolicyParts {
  /** What time it is, and timers. Default those of the platform. */
  readonly clock?: Clock;
  /** For jitter, early refreshes, and choices at random. Default `Math.random`. */
  readonly random?: Random;
}

/** A function that calls functions, within a policy. */
export interface Policy<F = never> {
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
   * Goes on by these options, as if it had been made with them, and keeps its state: breaker and
   * budget their counts, the limit its slots and its queue. Calls in flight are not disturbed.
   * Which parts there are stays as it is; cache, admission, throttle, hedge, endpoints and the
   * queue of the limit as a whole.
   *
   * @throws OptionError for an option that cannot be used, or that only a new policy can take:
   * nothing has changed then.
   */
  reconfigure(options: CallPolicy): void;
  /** Where attempts may go from here on: some have come or gone. */
  setEndpoints(endpoints: readonly string[]): void;
  /**
   * No attempt begins from here on: what waits fails for `shutdown`, and so does every later call.
   * What runs may end.
   */
  shutdown(): void;
}

/** Longer chains are a design of their own. */
const FALLBACKS_MAX = 10;

/**
 * Makes a policy. Make one for each dependency, once, and call through it: the state of breaker,
 * budget and limit is its own.
 *
 * @throws OptionError for an option that cannot be used.
 */
export function policy<F = never>(options: PolicyOptions<F>, parts: PolicyParts = {}): Policy<F> {
  const { clock = systemClock, random = systemRandom } = parts;
  checkNames(options, ownNames);
  const { name = 'policy', fallback = [], judge, endpoints } = options;
  checkFallbacks(fallback);
  const read = (given: CallPolicy): PolicySettings =>
    settingsOf(given, fallback.length, endpoints && 'peak-ewma');
  let settings = read(options);
  const own = { name, clock, random, fallbacks: fallback, judge };
  const chaos = options.chaos === undefined ? undefined : new Chaos(options.chaos, name, clock);
  let observerError: unknown = undefined;
  const snapshot = (): PolicySnapshot => snapshotOf(name, runner.engine, observerError);
  const observer = observerOf(options.observer, { policyName: name, snapshot }, (error) => {
    observerError = error;
  });
  const runner = new Runner(settings, { ...own, chaos, observer });
  if (endpoints !== undefined) runner.setEndpoints(endpoints);
  const run = <T>(work: Work<T>, callOptions?: CallOptions): Promise<T | F> =>
    runner.run(work, callOptions);
  return Object.assign(run, {
    policyName: name,
    snapshot,
    exportState: () => exportState(runner.engine),
    restore: (state: unknown, ageMs = 0) => restoreState(runner.engine, state, ageMs),
    reconfigure: (given: CallPolicy) => {
      checkNames(given, []);
      const next = read(given);
      checkCanChange(settings, next, given);
      settings = next;
      reconfigure(runner.engine, next);
    },
    setEndpoints: (given: readonly string[]) => runner.setEndpoints(given),
    shutdown: () => runner.engine.shutdown(),
  });
}

const ownNames = ['name', 'fallback', 'judge', 'endpoints', 'observer', 'chaos'];

/** A mistyped option must not become a missing policy. */
function checkNames(options: object, others: readonly string[]): void {
  for (const [name, value] of Object.entries(options)) {
    if (others.includes(name) || callPolicyNames.includes(name)) continue;
    const known = [...others, ...callPolicyNames].join(', ');
    throw new OptionError(name, value, `not an option; there are ${known}`);
  }
}

function checkCanChange(now: PolicySettings, next: PolicySettings, options: CallPolicy): void {
  const name = obstacle(now, next);
  if (name === undefined) return;
  const [part] = name.split('.');
  const value = (options as Readonly<Record<string, unknown>>)[part!];
  throw new OptionError(
    name,
    value,
    'leave it as it is, or make a new policy and restore its state',
  );
}

function checkFallbacks(fallback: readonly unknown[]): void {
  const isRight =
    Array.isArray(fallback) &&
    fallback.length <= FALLBACKS_MAX &&
    fallback.every((link) => typeof link === 'function');
  if (!isRight) {
    throw new OptionError(
      'fallback',
      fallback,
      `write a list of ${FALLBACKS_MAX} functions at most`,
    );
  }
}
