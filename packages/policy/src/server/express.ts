/**
 * Lets requests into a server of Express, Connect or `node:http`, within a policy.
 *
 * @packageDocumentation
 */
import type { Policy } from '../promise/policy.ts';
import { Door } from './door.ts';
import type { ServerOptions } from './door.ts';
import { answerPolicyErrors } from './refusal.ts';
import type { PolicyErrorsOptions, Refusal } from './refusal.ts';
import { enterFor, nodeHeader } from './node-server.ts';
import type { NodeRequest, NodeResponse } from './node-server.ts';
import { keepTasksOnNode } from '../tasks-on-node.ts';

keepTasksOnNode();

export type { ServerOptions } from './door.ts';
export type { PolicyErrorsOptions } from './refusal.ts';
export type { NodeRequest, NodeResponse } from './node-server.ts';

/** The response of Express, or of `node:http`. */
export interface ExpressResponse extends NodeResponse {
  /** The status that it is answered with. */
  statusCode: number;
  /** Whether it has begun, so that it cannot become another one. */
  readonly headersSent: boolean;
  /** Sets one header. */
  setHeader(name: string, value: string): unknown;
  /** Sends the body, and ends the response. */
  end(text: string): unknown;
}

/** A middleware for Express and Connect, and for `node:http` itself. */
export type ExpressMiddleware<R> = ((
  request: R,
  response: ExpressResponse,
  next: (error?: unknown) => void,
) => void) & {
  /** For its `snapshot`, and for `shutdown`: from then on every request is refused. */
  readonly policy: Policy;
};

/**
 * Lets requests in: at most so many at once, the least critical last, none whose deadline has
 * passed. What is let in runs within a task. It counts until its response is closed.
 *
 * @throws OptionError for an option that cannot be used.
 */
export function serverPolicy<R extends NodeRequest>(
  options: ServerOptions<R> = {},
): ExpressMiddleware<R> {
  const door = new Door<R>(options, nodeHeader);
  const middleware = (
    request: R,
    response: ExpressResponse,
    next: (error?: unknown) => void,
  ): void => {
    enterFor(door, request, response, {
      proceed: () => next(),
      fail: next,
      refuse: (refusal) => send(response, refusal),
    });
  };
  return Object.assign(middleware, { policy: door.policy });
}

/** An error handler for Express and Connect: the last that is used. */
export type ExpressErrorHandler = (
  error: unknown,
  request: unknown,
  response: ExpressResponse,
  next: (error?: unknown) => void,
) => void;

/**
 * Answers requests whose handler failed with a `PolicyError`: 504 for what took too long, 429 where
 * a dependency is throttled, 503 for all else; 429 and 503 with `Retry-After`. Other errors, and
 * responses that have begun, are left to the handlers after it.
 *
 * @throws OptionError for an option that cannot be used.
 */
export function policyErrors(options: PolicyErrorsOptions = {}): ExpressErrorHandler {
  const answer = answerPolicyErrors(options);
  // Express knows handlers of errors by their four parameters.
  return (error, _request, response, next) => {
    const refusal = response.headersSent ? undefined : answer(error);
    if (refusal === undefined) next(error);
    else send(response, refusal);
  };
}

function send(response: ExpressResponse, { status, headers, text }: Refusal): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(text);
}
