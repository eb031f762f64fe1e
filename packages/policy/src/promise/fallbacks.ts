import { Reason } from '../call/reason.ts';
import type { PolicySettings } from '../call/settings.ts';
import { duration, OptionError } from '../options/reader.ts';
import { abortReasonOf, errorOf } from './call-errors.ts';
import type { PromiseCall } from './promise-call.ts';

/** What a fallback gets. */
export interface FallbackContext {
  /** What the call would have failed with. */
  readonly error: unknown;
  /** Aborts when the caller gives up. */
  readonly signal: AbortSignal;
}

/** What answers in place of a call that failed. */
export type Fallback = (context: FallbackContext) => unknown;

/** Runs the links of a fallback chain. This is not the common case: it may allocate. */
export class Fallbacks {
  private readonly links: readonly Fallback[];
  private readonly who: string;
  private readonly running: Map<PromiseCall, AbortController> = new Map();

  constructor(links: readonly Fallback[], who: string) {
    this.links = links;
    this.who = who;
  }

  start(call: PromiseCall, index: number): void {
    call.takeFailureOfFlight();
    const error = errorOf(this.who, call);
    const { token } = call;
    const engine = call.engine!;
    const controller = new AbortController();
    this.running.set(call, controller);
    const run = async (): Promise<unknown> =>
      this.links[index]!({ error, signal: controller.signal });
    void run().then(
      (value) => {
        if (!this.ends(call, controller)) return;
        call.value = value;
        engine.succeed(call, token);
      },
      () => {
        if (this.ends(call, controller)) engine.fail(call, token, Reason.error);
      },
    );
  }

  cancel(call: PromiseCall): void {
    this.running.get(call)?.abort(abortReasonOf(this.who, call, Reason.cancelled));
    this.running.delete(call);
  }

  /** False: it had been cancelled, and the record may serve another call by now. */
  private ends(call: PromiseCall, controller: AbortController): boolean {
    if (this.running.get(call) !== controller) return false;
    return this.running.delete(call);
  }
}

/** Longer chains are a design of their own. */
const FALLBACKS_MAX = 10;

/** @throws OptionError for an option that cannot be used. */
export function fallbackSettings(
  given: { readonly fallback?: unknown; readonly fallbackReserve?: unknown },
  { deadlineMs }: PolicySettings,
): Pick<PolicySettings, 'fallbacks' | 'fallbackReserveMs'> {
  const { fallback = [], fallbackReserve = '0s' } = given;
  const fallbackReserveMs = duration(fallbackReserve, 'fallbackReserve');
  if (deadlineMs !== undefined && fallbackReserveMs >= deadlineMs) {
    throw new OptionError('fallbackReserve', fallbackReserve, 'write less than deadline');
  }
  const isRight =
    Array.isArray(fallback) &&
    fallback.length <= FALLBACKS_MAX &&
    fallback.every((link) => typeof link === 'function');
  if (!isRight) {
    const rule = `write a list of ${FALLBACKS_MAX} functions at most`;
    throw new OptionError('fallback', fallback, rule);
  }
  return { fallbacks: fallback.length, fallbackReserveMs };
}
