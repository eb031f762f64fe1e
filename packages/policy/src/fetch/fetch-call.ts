import type { Task } from '../call/call.ts';
import { judgementOf } from '../http/judge-response.ts';
import { taskHeaders, traceOf } from '../http/headers.ts';
import {
  failureOf,
  idempotencyKeyHeader,
  isIdempotent,
  oneAttempt,
  wasNeverSent,
} from '../http/repeats.ts';
import type { AttemptContext } from '../promise/attempt-context.ts';
import { currentTask } from '../promise/task.ts';
import { followAbort } from './abort-followers.ts';
import { HeldResponse } from './held-response.ts';
import { isStream, ReplayBody } from './replay-body.ts';

/** What may be handed to `fetch`, as far as it is looked at. */
export interface RequestLike {
  readonly url: string;
  readonly method: string;
  readonly headers: unknown;
  readonly body: unknown;
  readonly redirect: string;
  readonly signal: AbortSignal;
}

export interface InitLike {
  readonly method?: string;
  readonly headers?: unknown;
  readonly body?: unknown;
  readonly redirect?: string;
  readonly signal?: AbortSignal | null;
  /** What the task that this request is a part of may still use. */
  readonly task?: Task;
}

/** How requests are sent; with all defaults filled in. */
export interface FetchSettings {
  readonly failures: readonly number[];
  readonly replayBytes: number;
  readonly propagate: boolean;
}

type PlainFetch = (input: unknown, init: object) => Promise<Response>;

/** Why a response that failed is thrown away. */
const notGiven = 'another response was given';

/** One call of `fetch`, with all of its attempts. */
export class FetchCall {
  readonly signal: AbortSignal | undefined;
  /** Undefined: that of the code that runs. */
  readonly task: Task | undefined;
  private readonly fetch: PlainFetch;
  private readonly settings: FetchSettings;
  private readonly input: unknown;
  private readonly init: InitLike;
  private readonly body: ReplayBody | undefined;
  private readonly mayRepeat: boolean;
  private readonly isRedirected: boolean;
  /** Undefined: it may be sent any number of times, also at once. */
  private readonly single: Task | undefined;
  private readonly held: Set<HeldResponse> = new Set();
  private isOver: boolean = false;

  constructor(fetch: PlainFetch, settings: FetchSettings, input: unknown, given: InitLike = {}) {
    const { task, ...init } = given;
    const request = isRequest(input) ? input : undefined;
    const headers = new Headers(init.headers ?? request?.headers);
    const body = init.body ?? request?.body;
    this.fetch = fetch;
    this.settings = settings;
    this.input = input;
    this.init = init;
    this.signal = init.signal === null ? undefined : (init.signal ?? request?.signal);
    this.body = isStream(body) ? new ReplayBody(body, settings.replayBytes) : undefined;
    this.mayRepeat =
      isIdempotent(init.method ?? request?.method ?? 'GET') || headers.has(idempotencyKeyHeader);
    this.isRedirected = (init.redirect ?? request?.redirect ?? 'follow') === 'follow';
    const isFree = this.mayRepeat && this.body === undefined;
    this.single = isFree ? undefined : oneAttempt(task ?? currentTask());
    this.task = this.single ?? task;
  }

  /** One attempt. */
  async attempt(context: AttemptContext): Promise<Response> {
    // What failed before is not given any more: this attempt may need its connection.
    this.discardFailed();
    const controller = new AbortController();
    const { signal } = context;
    const failed = failureOf(this.single, (error) => this.maySendAgain(error));
    const onAbort = (): void => {
      failed(signal.reason);
      controller.abort(signal.reason);
    };
    signal.addEventListener('abort', onAbort);
    // Detached: the one of browsers must not be called as a method of ours.
    const { fetch } = this;
    let response: Response;
    try {
      response = await fetch(this.inputFor(context.endpoint), this.initFor(context, controller));
    } catch (error) {
      failed(error);
      throw error;
    }
    const held = new HeldResponse(response, controller);
    // Given up in the turn in which it came.
    if (signal.aborted || this.isOver) {
      held.discard(signal.reason);
      return response;
    }
    this.held.add(held);
    if (judgementOf(response, this.settings.failures) !== undefined) {
      failed(undefined);
      held.drain();
    }
    return response;
  }

  /** The call has given this, which may be the answer of a fallback, or it has failed. */
  end(given: unknown, error?: unknown): void {
    this.isOver = true;
    for (const held of this.held) {
      if (held.response !== given) held.discard(notGiven);
      else this.follow(held);
    }
    if (error === undefined) this.body?.commit();
    else this.body?.cancel(error);
  }

  private follow({ response, controller }: HeldResponse): void {
    const { signal } = this;
    if (signal !== undefined && response.body !== null) {
      followAbort(signal, controller, response.body);
    }
  }

  private discardFailed(): void {
    for (const held of this.held) {
      if (!held.hasFailed) continue;
      held.discard(notGiven);
      this.held.delete(held);
    }
  }

  /**
   * A connection that was refused may be that of a redirect: then the request itself has been sent.
   */
  private maySendAgain(error: unknown): boolean {
    if (this.body?.isComplete === false) return false;
    return this.mayRepeat || (!this.isRedirected && wasNeverSent(error));
  }

  private inputFor(endpoint: string | undefined): unknown {
    const { input } = this;
    if (endpoint === undefined || typeof input !== 'string') return input;
    return new URL(input, endpoint).href;
  }

  private initFor(context: AttemptContext, controller: AbortController): object {
    const init: Record<string, unknown> = { ...this.init, signal: controller.signal };
    if (this.body !== undefined) {
      init['body'] = this.body.stream();
      init['duplex'] = 'half';
    }
    if (this.settings.propagate) init['headers'] = this.headersFor(context);
    return init;
  }

  private headersFor({ task, remainingMs }: AttemptContext): Headers {
    const from = isRequest(this.input) ? this.input.headers : undefined;
    const headers = new Headers(this.init.headers ?? from);
    for (const [name, value] of taskHeaders(task, remainingMs, this.single)) {
      headers.set(name, value);
    }
    if (headers.has('traceparent')) return headers;
    for (const [name, value] of traceOf(task)) headers.set(name, value);
    return headers;
  }
}

function isRequest(input: unknown): input is RequestLike {
  return typeof input === 'object' && input !== null && 'url' in input && 'method' in input;
}
