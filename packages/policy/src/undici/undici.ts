/**
 * An interceptor for undici that keeps a policy. undici is a peer.
 *
 * @packageDocumentation
 */
import type { Policy, PolicyOptions } from '../promise/policy.ts';
import { judgeResponse, moreFailures } from '../http/judge-response.ts';
import { fields, OptionError, truth } from '../options/reader.ts';
import { policy } from '../promise/policy.ts';
import { keepTasksOnNode } from '../tasks-on-node.ts';
import type { Dispatch, DispatchHandler, DispatchOptions } from './dispatch.ts';
import { Exchange } from './exchange.ts';

keepTasksOnNode();

export { judgeResponse } from '../http/judge-response.ts';

/** What a policy for undici does: no cache, judged by {@link judgeResponse}, and no fallback. */
export type UndiciPolicy = Omit<PolicyOptions, 'cache' | 'judge' | 'fallback'>;

/** How requests are sent. */
export interface UndiciOptions {
  /** Statuses that are failures beside 429, 502, 503, 504: of 500 to 599. Default none. */
  readonly failures?: readonly number[];
  /**
   * Tells the callee what is left of deadline and attempts, how much it matters, and the trace.
   * Only for callees that are your own. Default false.
   */
  readonly propagate?: boolean;
}

/** The `dispatch` of a dispatcher. */
export type AnyDispatch = (options: never, handler: never) => boolean;

/** For `dispatcher.compose`. */
export type PolicyInterceptor = (<D extends AnyDispatch>(dispatch: D) => D) & {
  /** The policy that all requests share. */
  readonly policy: Policy;
};

const readOptions = fields({ failures: [moreFailures, []], propagate: [truth, false] });

/**
 * Makes an interceptor that keeps a policy: one for each dependency, once. Upgrades and CONNECT
 * pass by it.
 *
 * @param of What it does; or a policy, of which `judge` should be {@link judgeResponse}.
 * @throws OptionError for an option that cannot be used.
 */
export function policyInterceptor(
  of: UndiciPolicy | Policy,
  options: UndiciOptions = {},
): PolicyInterceptor {
  const settings = readOptions(options, '');
  const used = typeof of === 'function' ? of : policyOf(of, settings.failures);
  const intercept =
    (dispatch: Dispatch) =>
    (given: DispatchOptions, handler: DispatchHandler): boolean => {
      if (given.upgrade || given.method === 'CONNECT') return dispatch(given, handler);
      void new Exchange(dispatch, settings, given).run(used, handler);
      return true;
    };
  return Object.assign(intercept, { policy: used }) as unknown as PolicyInterceptor;
}

function policyOf(of: UndiciPolicy, failures: readonly number[]): Policy {
  for (const name of ['cache', 'judge', 'fallback'] as const) {
    const value = (of as PolicyOptions)[name];
    if (value !== undefined) throw new OptionError(name, value, 'not an option for undici');
  }
  return policy({ ...of, judge: judgeResponse(failures) });
}
