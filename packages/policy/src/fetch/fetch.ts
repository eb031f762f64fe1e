/**
 * A `fetch` that keeps a policy.
 *
 * @packageDocumentation
 */
import type { Task } from '../call/call.ts';
import { judgeResponse, moreFailures } from '../http/judge-response.ts';
import { count, fields, OptionError, truth } from '../options/reader.ts';
import { policy } from '../promise/policy.ts';
import type { CorePolicy, Policy, PolicyOptions } from '../promise/policy.ts';
import { FetchCall } from './fetch-call.ts';
import type { FetchSettings, InitLike } from './fetch-call.ts';

export { judgeResponse } from '../http/judge-response.ts';

/** A `fetch`: that of the platform, of undici, of a test. */
export type AnyFetch = (input: never, init?: never) => Promise<unknown>;

/** What this `fetch` gives. */
export type ResponseOf<F extends AnyFetch> = Awaited<ReturnType<F>>;

/**
 * What a policy for `fetch` does. Responses are judged by {@link judgeResponse}; and they cannot be
 * cached, because each is read once: cache what you read from them.
 */
export type FetchPolicy<F extends AnyFetch> = Omit<PolicyOptions<ResponseOf<F>>, 'cache' | 'judge'>;

/** How requests are sent. */
export interface FetchOptions {
  /** Statuses that are failures beside 429, 502, 503, 504: of 500 to 599. Default none. */
  readonly failures?: readonly number[];
  /**
   * A streamed body can be sent again while no more of it was read, in bytes. 0: never. Default
   * 65536, as in Linkerd.
   */
  readonly replayBytes?: number;
  /**
   * Tells the callee what is left of deadline and attempts, how much it matters, and the trace.
   * Only for callees that are your own. Default false.
   */
  readonly propagate?: boolean;
}

/** What else its requests may say. */
export interface TaskInit {
  /** What the task that this request is a part of may still use, where it does not follow. */
  readonly task?: Task;
}

/** A `fetch` that keeps a policy. */
export type PolicyFetch<F extends AnyFetch, P = Policy<ResponseOf<F>>> = F &
  (F extends (input: infer I, init?: infer N) => infer R
    ? (input: I, init: Exclude<N, undefined> & TaskInit) => R
    : never) & {
    /** The policy that all its requests share. */
    readonly policy: P;
  };

const readOptions = fields({
  failures: [moreFailures, []],
  replayBytes: [count(0, 1024 ** 3), 64 * 1024],
  propagate: [truth, false],
});

/**
 * Makes a `fetch` that keeps a policy: one for each dependency, once.
 *
 * @param of What it does; or a policy, of which `judge` should be {@link judgeResponse}.
 * @returns A function like `fetch`. It gives the last response, also where that is a failure;
 * throws what `fetch` threw, or {@link PolicyError} for a decision of the policy.
 * @throws OptionError for an option that cannot be used.
 */
export function withPolicy<F extends AnyFetch>(
  fetch: F,
  of: FetchPolicy<F> | Policy<ResponseOf<F>>,
  options: FetchOptions = {},
): PolicyFetch<F> {
  const used = typeof of === 'function' ? of : policyOf(of, readOptions(options, ''));
  return withMadePolicy(fetch, used, options);
}

/**
 * The same for a policy that has been made, such as one of few parts (`@seaworthy/policy/parts`): a
 * bundle with this alone holds no others.
 *
 * @param of Its `judge` should be {@link judgeResponse}.
 * @throws OptionError for an option that cannot be used.
 */
export function withMadePolicy<F extends AnyFetch, P extends CorePolicy<ResponseOf<F>>>(
  fetch: F,
  of: P,
  options: FetchOptions = {},
): PolicyFetch<F, P> {
  const settings: FetchSettings = readOptions(options, '');
  const plain = fetch as unknown as ConstructorParameters<typeof FetchCall>[0];
  const run = (input: unknown, init?: InitLike): Promise<unknown> =>
    runCall(of, () => new FetchCall(plain, settings, input, init));
  return Object.assign(run, { policy: of }) as unknown as PolicyFetch<F, P>;
}

async function runCall(used: CorePolicy<unknown>, start: () => FetchCall): Promise<unknown> {
  const call = start();
  const { signal, task } = call;
  const options = { ...(signal && { signal }), ...(task && { task }) };
  try {
    const given = await used((context) => call.attempt(context), options);
    call.end(given);
    return given;
  } catch (error) {
    call.end(undefined, error);
    throw error;
  }
}

function policyOf<F extends AnyFetch>(
  of: FetchPolicy<F>,
  { failures }: FetchSettings,
): Policy<ResponseOf<F>> {
  for (const name of ['cache', 'judge'] as const) {
    const value = (of as PolicyOptions)[name];
    if (value !== undefined) throw new OptionError(name, value, 'not an option for fetch');
  }
  return policy({ ...of, judge: judgeResponse(failures) });
}
