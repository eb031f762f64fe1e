import type { Call } from '../call/call.ts';
import type { AttemptContext } from './attempt-context.ts';
import type { Clock } from '../time/clock.ts';
import type { PolicyObserver } from './observer.ts';
import { callOf } from './promise-call.ts';
import type { PromiseCall, Work } from './promise-call.ts';
import { runWithin } from './task.ts';

/** Faults on purpose, for the option `chaos`: made by `chaos` of `@seaworthy/policy/chaos`. */
export type Chaos = (policyName: string, clock: Clock) => Injector;

/** Injects faults into the attempts of one policy. */
export interface Injector {
  /** Calls `work` for this attempt, or does what chaos wants instead. */
  run(
    record: Call,
    context: AttemptContext,
    work: Work<unknown>,
    observer: PolicyObserver | undefined,
  ): unknown;
}

/** Calls the function for the attempt of a record, and answers what that gives or throws. */
export type Invoke = (record: PromiseCall, context: AttemptContext) => unknown;

/** Just calls it: within the task of the call, where there is one. */
export function invokePlainly(call: PromiseCall, context: AttemptContext): unknown {
  const { work, task } = call;
  return task === undefined ? work!(context) : workWithin(call, context, work!);
}

/**
 * With chaos as the innermost step, and within what observers put around it. Undefined: there is
 * neither.
 */
export function invokeWith(
  chaos: Injector | undefined,
  observer: PolicyObserver | undefined,
): Invoke | undefined {
  const isWrapped = observer?.runAttempt !== undefined;
  if (chaos === undefined && !isWrapped) return undefined;
  return (record, context) => {
    const call = callOf(record);
    const { work, task } = call;
    const innermost: Work<unknown> =
      chaos === undefined ? work! : (given) => chaos.run(record, given, work!, observer);
    const run = (): unknown =>
      task === undefined ? innermost(context) : workWithin(call, context, innermost);
    return isWrapped ? observer.runAttempt!(record, run) : run();
  };
}

/** What is called on behalf of the attempt ends with it, and its attempts count. */
function workWithin(call: PromiseCall, context: AttemptContext, work: Work<unknown>): unknown {
  return runWithin(call.handDown(), () => work(context));
}
