import { criticalityNames, levelAt, levelOf } from '../admission/criticality.ts';
import type { Criticality } from '../admission/criticality.ts';
import { Task } from '../call/call.ts';
import { readTask, readTrace } from '../http/headers.ts';
import type { AdmissionOptions, Duration, LimitOptions } from '../options/call-policy.ts';
import { fields, OptionError, positiveDuration } from '../options/reader.ts';
import type { Reader } from '../options/reader.ts';
import { PolicyError } from '../promise/policy-error.ts';
import { policy } from '../promise/policy.ts';
import type { Policy, PolicyOptions } from '../promise/policy.ts';
import { systemRandom } from '../random/system.ts';
import { systemClock } from '../time/system.ts';
import { refusalOf } from './refusal.ts';
import type { Refusal } from './refusal.ts';

/** How requests are let in. `R` is the request of the framework. */
export interface ServerOptions<R> {
  /** Who decided, in errors. Default `server`. */
  readonly name?: string;
  /**
   * Whether the headers of this request may say how long it may take, how many attempts it has, and
   * how much it matters. Default: nobody's may.
   */
  readonly trusted?: (request: R) => boolean;
  /** How many requests are worked on at once, and how many wait. Default: no limit. */
  readonly limit?: number | 'adaptive' | LimitOptions;
  /** Sheds the least critical while requests wait in the queue of the limit. Default: none. */
  readonly admission?: AdmissionOptions;
  /** No request may take longer, whatever its headers say. Default none. */
  readonly deadline?: Duration;
  /** How much a request matters, where no trusted header says so. Default `critical`. */
  readonly criticality?: (request: R) => (typeof criticalityNames)[number];
  /** Whose request it is: of a class that is shed in part, all of a user are, or none is. */
  readonly user?: (request: R) => string | number;
  /** When who was refused may come back, spread over half to one and a half of it. Default 1s. */
  readonly retryAfter?: Duration;
}

/** A request that was let in. */
export interface Entry {
  /** What its handler runs within. */
  readonly task: Task;
  /** It has been answered. */
  leave(): void;
}

const callback: Reader<unknown> = (value, at) => {
  if (typeof value === 'function') return value;
  throw new OptionError(at, value, 'write a function of the request');
};
/** For the policy to read. */
const asGiven: Reader<unknown> = (value) => value;

const readOptions = fields({
  name: [asGiven, 'server'],
  trusted: [callback],
  limit: [asGiven],
  admission: [asGiven],
  deadline: [asGiven],
  criticality: [callback],
  user: [callback],
  retryAfter: [positiveDuration, 1000],
});

/** The door of a server: one for all that share its limit. */
export class Door<R> {
  readonly policy: Policy;
  private readonly options: ServerOptions<R>;
  private readonly headerOf: (request: R, name: string) => string | undefined;
  private readonly retryAfterMs: number;

  constructor(
    options: ServerOptions<R>,
    headerOf: (request: R, name: string) => string | undefined,
  ) {
    const read = readOptions(options, '');
    const { name, limit, admission, deadline } = read;
    const given = { name, limit, admission, deadline };
    this.policy = policy(given as PolicyOptions);
    this.options = options;
    this.headerOf = headerOf;
    this.retryAfterMs = read.retryAfter;
  }

  /**
   * Resolves when the request may be worked on.
   *
   * @param gone Aborts when nobody waits for the answer any more.
   * @throws PolicyError when it is refused.
   */
  enter(request: R, gone: AbortSignal): Promise<Entry> {
    const options = { task: this.taskOf(request), signal: gone };
    return new Promise((resolve, reject) => {
      const work = (context: { readonly task: Task }): Promise<void> =>
        new Promise((leave) => {
          resolve({ task: context.task, leave });
        });
      // Once it has been let in, its deadline is that of its task, and this rejection unheard.
      this.policy(work, options).catch(reject);
    });
  }

  /** What is answered. Undefined: it was no refusal. */
  refusal(error: unknown): Refusal | undefined {
    return error instanceof PolicyError ? refusalOf(error, this.retryAfterMs) : undefined;
  }

  private taskOf(request: R): Task {
    const headerOf = (name: string): string | undefined => this.headerOf(request, name);
    const { trusted, criticality, user } = this.options;
    const isTrusted = trusted?.(request) === true;
    const task = isTrusted ? readTask(headerOf, systemClock.now()) : new Task();
    // To be let in counts as an attempt; of those in the header it was none.
    task.attemptsLeft++;
    if (task.level < 0 && (criticality !== undefined || user !== undefined)) {
      const word = criticality?.(request) ?? 'critical';
      const of = criticalityNames.indexOf(word) as Criticality;
      const whose = user?.(request);
      task.level = whose === undefined ? levelAt(of, systemRandom.next()) : levelOf(of, whose);
    }
    readTrace(headerOf, task);
    return task;
  }
}
