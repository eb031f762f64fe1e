import type { Call } from '../call/call.ts';
import type { CallObserver } from '../call/host.ts';
import { OptionError } from '../options/reader.ts';
import { announced } from './announce.ts';
import type { PolicySnapshot } from './snapshot.ts';

/** What chaos does to an attempt. */
export type Fault = 'latency' | 'error' | 'hang';

/**
 * Who wants to know what one policy does. All methods are optional, are called in the turn in which
 * the thing happens, and may not call back into the policy. The records that they get are used
 * again: take out of one what is needed, and keep none beyond `callSettled`.
 *
 * Attempts are told by their record, which is the call itself or, for a hedge, one whose `hedgeOf`
 * is the call. With a cache the attempts are those of flights, whose record says
 * `isFlight`: no call of a caller starts or settles for these.
 */
export interface PolicyObserver extends CallObserver {
  /** Somebody calls the policy. */
  callStarted?(call: Call): void;
  /**
   * The call is over: `call.outcome`, `call.reason`, `call.attempt` (how many there were),
   * `call.fallbackIndex`, `call.cached`. Exactly once for each `callStarted`.
   */
  callSettled?(call: Call, durationMs: number): void;
  /** Chaos: the attempt is held up, is given an error, or hangs. Told when it is decided. */
  faultInjected?(record: Call, fault: Fault, latencyMs: number): void;
  /** Runs the function of the attempt, such as within its span. Must call `work` once. */
  runAttempt?<T>(record: Call, work: () => T): T;
}

/** A policy, as its observers see it. */
export interface ObservedPolicy {
  /** Its name, from the options. */
  readonly policyName: string;
  /** What it is up to now. */
  snapshot(): PolicySnapshot;
}

/** Makes an observer for a policy: where one is made for each, because not all calls name it. */
export type Observe = (policy: ObservedPolicy) => PolicyObserver;

/** One observer or several, each as it is or made for the policy. */
export type ObserverOption =
  | PolicyObserver
  | Observe
  | readonly (PolicyObserver | Observe)[]
  | undefined;

type Method = (a?: unknown, b?: unknown, c?: unknown) => void;

/** All that are told something and give nothing back. */
const methodNames = [
  'callStarted',
  'callSettled',
  'attemptStarted',
  'attemptEnded',
  'retryScheduled',
  'retryStopped',
  'hedgeStopped',
  'fallbackStarted',
  'cacheAnswered',
  'cacheRescued',
  'refreshStarted',
  'refreshStopped',
  'normalPathChanged',
  'endpointEjected',
  'endpointReturned',
  'breakerChanged',
  'limitChanged',
  'faultInjected',
] as const satisfies readonly Exclude<keyof PolicyObserver, 'runAttempt'>[];

/** The observer for a policy with this option. Undefined: nobody wants to know anything. */
export function observerOf(
  option: ObserverOption,
  policy: ObservedPolicy,
  onError: (error: unknown) => void,
): PolicyObserver | undefined {
  const list = [...(Array.isArray(option) ? option : [option]), ...announced(policy)];
  const observers = list.flatMap((given: PolicyObserver | Observe | undefined) => {
    if (given === undefined) return [];
    return [typeof given === 'function' ? given(policy) : checked(given)];
  });
  return observers.length === 0 ? undefined : combined(observers, onError);
}

function checked(observer: PolicyObserver): PolicyObserver {
  if (typeof observer === 'object' && observer !== null) return observer;
  throw new OptionError('observer', observer, 'write an object with methods, or a function');
}

/**
 * One observer that tells all of these. What nobody wants to know stays undefined, so that it costs
 * one check. An observer that throws harms neither the policy nor the other observers: `onError` is
 * told.
 */
function combined(
  observers: readonly PolicyObserver[],
  onError: (error: unknown) => void,
): PolicyObserver {
  const all: Record<string, unknown> = {};
  for (const name of methodNames) {
    const told = observers.flatMap((observer) => {
      const method = observer[name] as Method | undefined;
      return method === undefined ? [] : [method.bind(observer)];
    });
    if (told.length > 0) all[name] = tellAll(told, onError);
  }
  const runners = observers.filter((observer) => observer.runAttempt !== undefined);
  if (runners.length > 0) all['runAttempt'] = runWithinAll(runners);
  return all;
}

/** No method takes more than three things; a list of them would be an allocation a call. */
function tellAll(told: readonly Method[], onError: (error: unknown) => void): Method {
  return (a, b, c) => {
    for (const tell of told) {
      try {
        tell(a, b, c);
      } catch (error) {
        onError(error);
      }
    }
  };
}

function runWithinAll(
  runners: readonly PolicyObserver[],
): NonNullable<PolicyObserver['runAttempt']> {
  return <T>(record: Call, work: () => T): T => {
    let run = work;
    for (const runner of runners) {
      const inner = run;
      run = () => runner.runAttempt!(record, inner);
    }
    return run();
  };
}
