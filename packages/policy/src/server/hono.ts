/**
 * Lets requests into a server of Hono, within a policy.
 *
 * @packageDocumentation
 */
import type { Policy } from '../promise/policy.ts';
import { runWithin } from '../promise/task.ts';
import { Door } from './door.ts';
import type { Entry, ServerOptions } from './door.ts';
import { answerPolicyErrors } from './refusal.ts';
import type { PolicyErrorsOptions, Refusal } from './refusal.ts';

export type { ServerOptions } from './door.ts';
export type { PolicyErrorsOptions } from './refusal.ts';

/** What is used of the context of Hono. */
export interface HonoContext {
  /** The request: its headers, and a signal that aborts when the client has gone. */
  readonly req: {
    header(name: string): string | undefined;
    readonly raw: { readonly signal: AbortSignal };
  };
}

/** A middleware for Hono. */
export type HonoMiddleware<C> = ((
  context: C,
  next: () => Promise<void>,
) => Promise<Response | undefined>) & {
  /** For its `snapshot`, and for `shutdown`: from then on every request is refused. */
  readonly policy: Policy;
};

/**
 * Lets requests in: at most so many at once, the least critical last, none whose deadline has
 * passed. What is let in runs within a task. It counts until its handler has given the response.
 *
 * @throws OptionError for an option that cannot be used.
 */
export function serverPolicy<C extends HonoContext>(
  options: ServerOptions<C> = {},
): HonoMiddleware<C> {
  const door = new Door<C>(options, (context, name) => context.req.header(name));
  const middleware = async (
    context: C,
    next: () => Promise<void>,
  ): Promise<Response | undefined> => {
    let entry: Entry;
    try {
      entry = await door.enter(context, context.req.raw.signal);
    } catch (error) {
      const refusal = door.refusal(error);
      if (refusal === undefined) throw error;
      return responseOf(refusal);
    }
    try {
      await runWithin(entry.task, next);
    } finally {
      entry.leave();
    }
    return undefined;
  };
  return Object.assign(middleware, { policy: door.policy });
}

/**
 * Answers requests whose handler failed with a `PolicyError`, for `onError` of Hono: 504 for what
 * took too long, 429 where a dependency is throttled, 503 for all else; 429 and 503 with
 * `Retry-After`. An `HTTPException` of Hono gives its own response; other errors are thrown on, for
 * the platform to answer and to report.
 *
 * @throws OptionError for an option that cannot be used.
 */
export function policyErrors(options: PolicyErrorsOptions = {}): (error: Error) => Response {
  const answer = answerPolicyErrors(options);
  return (error) => {
    const refusal = answer(error);
    if (refusal !== undefined) return responseOf(refusal);
    if (hasResponse(error)) return error.getResponse();
    throw error;
  };
}

function hasResponse(error: Error): error is Error & { getResponse(): Response } {
  return 'getResponse' in error;
}

function responseOf({ status, headers, text }: Refusal): Response {
  return new Response(text, { status, headers });
}
