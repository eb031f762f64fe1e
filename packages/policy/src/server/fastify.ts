/**
 * Lets requests into a server of Fastify, within a policy.
 *
 * @packageDocumentation
 */
import type { Policy } from '../promise/policy.ts';
import { runWithin } from '../promise/task.ts';
import { Door } from './door.ts';
import type { Entry, ServerOptions } from './door.ts';
import { answerPolicyErrors } from './refusal.ts';
import type { PolicyErrorsOptions } from './refusal.ts';
import { enterFor, nodeHeader } from './node-server.ts';
import type { NodeRequest, NodeResponse } from './node-server.ts';
import { keepTasksOnNode } from '../tasks-on-node.ts';

keepTasksOnNode();

export type { ServerOptions } from './door.ts';
export type { PolicyErrorsOptions } from './refusal.ts';
export type { NodeRequest, NodeResponse } from './node-server.ts';

/** What is used of an instance of Fastify. */
export interface FastifyHooks {
  /** Registers a function for a moment in the life of a request. */
  addHook(name: string, hook: unknown): unknown;
}

/** What is used of a reply of Fastify. */
export interface FastifyReply {
  /** The response of `node:http`. */
  readonly raw: NodeResponse;
  /** Sets the status. */
  code(status: number): FastifyReply;
  /** Sets headers. */
  headers(headers: Record<string, string>): FastifyReply;
  /** Answers; with an error, as the next error handler has it. */
  send(answer: unknown): unknown;
}

type Done = (error?: Error) => void;

/** A plugin for Fastify: it holds for the instance that it is registered with. */
export type FastifyPlugin = ((
  instance: FastifyHooks,
  options: unknown,
  done: (error?: Error) => void,
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
export function serverPolicy<R extends NodeRequest>(options: ServerOptions<R> = {}): FastifyPlugin {
  const door = new Door<R>(options, nodeHeader);
  const entries: WeakMap<R, Entry> = new WeakMap();
  const onRequest = (request: R, reply: FastifyReply, done: Done): void => {
    enterFor(door, request, reply.raw, {
      proceed: (entry) => {
        entries.set(request, entry);
        done();
      },
      fail: (error) => done(error as Error),
      refuse: ({ status, headers, text }) => reply.code(status).headers(headers).send(text),
    });
  };
  // A body is read by events of the connection, which know nothing of the task.
  const preValidation = (request: R, _: FastifyReply, done: Done): void => {
    runWithin(entries.get(request)!.task, done);
  };
  const plugin = (instance: FastifyHooks, _: unknown, done: Done): void => {
    instance.addHook('onRequest', onRequest);
    instance.addHook('preValidation', preValidation);
    done();
  };
  // Fastify's way to say: for the whole instance, and not for a part of its own.
  const isForAll = { [Symbol.for('skip-override')]: true };
  return Object.assign(plugin, isForAll, { policy: door.policy });
}

/** For `setErrorHandler` of Fastify. */
export type FastifyErrorHandler = (error: unknown, request: unknown, reply: FastifyReply) => void;

/**
 * Answers requests whose handler failed with a `PolicyError`: 504 for what took too long, 429 where
 * a dependency is throttled, 503 for all else; 429 and 503 with `Retry-After`. Others are left
 * to the error handler of the instance above, or to that of Fastify.
 *
 * @throws OptionError for an option that cannot be used.
 */
export function policyErrors(options: PolicyErrorsOptions = {}): FastifyErrorHandler {
  const answer = answerPolicyErrors(options);
  return (error, _request, reply) => {
    const refusal = answer(error);
    if (refusal === undefined) reply.send(error);
    else reply.code(refusal.status).headers(refusal.headers).send(refusal.text);
  };
}
