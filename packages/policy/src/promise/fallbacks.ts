import type { PolicySettings } from '../call/settings.ts';
import { duration, OptionError } from '../options/reader.ts';

/** What a fallback gets. */
export interface FallbackContext {
  /** What the call would have failed with. */
  readonly error: unknown;
  /** Aborts when the caller gives up. */
  readonly signal: AbortSignal;
}

/** What answers in place of a call that failed. */
export type Fallback = (context: FallbackContext) => unknown;

/** Who is told how a link ended. */
export interface FallbackListener<C> {
  fallbackSucceeded(call: C, token: number, value: unknown): void;
  fallbackFailed(call: C, token: number): void;
}

/** Runs the links of a fallback chain. This is not the common case: it may allocate. */
export class Fallbacks<C extends { readonly token: number }> {
  /** Set by who runs the calls. */
  listener: FallbackListener<C> | undefined = undefined;
  private readonly links: readonly Fallback[];
  private readonly running: Map<C, AbortController> = new Map();

  constructor(links: readonly Fallback[]) {
    this.links = links;
  }

  start(call: C, index: number, error: unknown): void {
    const { token } = call;
    const controller = new AbortController();
    this.running.set(call, controller);
    const run = async (): Promise<unknown> =>
      this.links[index]!({ error, signal: controller.signal });
    void run().then(
      (value) => {
        if (this.ends(call, controller)) this.listener!.fallbackSucceeded(call, token, value);
      },
      () => {
        if (this.ends(call, controller)) this.listener!.fallbackFailed(call, token);
      },
    );
  }

  cancel(call: C, reason: unknown): void {
    this.running.get(call)?.abort(reason);
    this.running.delete(call);
  }

  /** False: it had been cancelled, and the record may serve another call by now. */
  private ends(call: C, controller: AbortController): boolean {
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
