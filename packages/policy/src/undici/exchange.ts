import type { Task } from '../call/call.ts';
import { taskHeaders, traceOf } from '../http/headers.ts';
import { judgementOf } from '../http/judge-response.ts';
import {
  failureOf,
  idempotencyKeyHeader,
  isIdempotent,
  oneAttempt,
  wasNeverSent,
} from '../http/repeats.ts';
import type { AttemptContext } from '../promise/attempt-context.ts';
import type { Policy } from '../promise/policy.ts';
import { currentTask } from '../promise/task.ts';
import { hasHeader, isReplayable, withHeaders } from './dispatch.ts';
import type { Dispatch, DispatchHandler, DispatchOptions } from './dispatch.ts';
import { HeldAttempt } from './held-attempt.ts';
import { StableController } from './stable-controller.ts';

/** How requests are sent; with all defaults filled in. */
export interface ExchangeSettings {
  readonly failures: readonly number[];
  readonly propagate: boolean;
}

/** One request, with all of its attempts. */
export class Exchange {
  private readonly dispatch: Dispatch;
  private readonly settings: ExchangeSettings;
  private readonly options: DispatchOptions;
  private readonly mayRepeat: boolean;
  private readonly canReplay: boolean;
  /** Undefined: it may be sent any number of times, also at once. */
  private readonly single: Task | undefined;
  private readonly held: Set<HeldAttempt> = new Set();

  constructor(dispatch: Dispatch, settings: ExchangeSettings, options: DispatchOptions) {
    const { method, idempotent, headers, body } = options;
    this.dispatch = dispatch;
    this.settings = settings;
    this.options = options;
    this.mayRepeat =
      (idempotent ?? isIdempotent(method)) || hasHeader(headers, idempotencyKeyHeader);
    this.canReplay = isReplayable(body);
    this.single = this.mayRepeat && this.canReplay ? undefined : oneAttempt(currentTask());
  }

  /** Tells the handler what comes of it. */
  async run(policy: Policy<unknown>, handler: DispatchHandler): Promise<void> {
    const gone = new AbortController();
    const controller = new StableController((reason) => gone.abort(reason));
    let given: HeldAttempt;
    try {
      // Before the first attempt, so that who gives up while it waits for a slot is heard.
      handler.onRequestStart?.(controller, {});
      const options = { signal: gone.signal, ...(this.single && { task: this.single }) };
      given = (await policy((context) => this.attempt(context), options)) as HeldAttempt;
    } catch (error) {
      this.dropAllBut(undefined);
      handler.onResponseError?.(controller, error as Error);
      return;
    }
    this.dropAllBut(given);
    given.give(handler, controller);
  }

  private async attempt(context: AttemptContext): Promise<HeldAttempt> {
    for (const held of this.held) {
      if (!held.hasFailed) continue;
      held.drop();
      this.held.delete(held);
    }
    const attempt = new HeldAttempt();
    const { signal } = context;
    const failed = failureOf(this.single, (error) => this.maySendAgain(error));
    signal.addEventListener('abort', () => {
      failed(signal.reason);
      attempt.cancel(signal.reason as Error);
    });
    try {
      this.dispatch(this.optionsFor(context), attempt);
      await attempt.answered;
    } catch (error) {
      failed(error);
      throw error;
    }
    if (signal.aborted) return attempt;
    this.held.add(attempt);
    if (judgementOf(attempt, this.settings.failures) !== undefined) {
      attempt.hasFailed = true;
      failed(undefined);
    }
    return attempt;
  }

  private maySendAgain(error: unknown): boolean {
    return this.canReplay && (this.mayRepeat || wasNeverSent(error));
  }

  private dropAllBut(given: HeldAttempt | undefined): void {
    for (const held of this.held) if (held !== given) held.drop();
  }

  private optionsFor({ endpoint, task, remainingMs }: AttemptContext): DispatchOptions {
    const options = endpoint === undefined ? this.options : { ...this.options, origin: endpoint };
    if (!this.settings.propagate) return options;
    const { headers } = options;
    const trace = hasHeader(headers, 'traceparent') ? [] : traceOf(task);
    const told = [...taskHeaders(task, remainingMs, this.single), ...trace];
    return { ...options, headers: withHeaders(headers, told) };
  }
}
