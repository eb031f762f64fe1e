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
  private readonly links: readonly Fallback[];
  private readonly listener: FallbackListener<C>;
  private readonly running: Map<C, AbortController> = new Map();

  constructor(links: readonly Fallback[], listener: FallbackListener<C>) {
    this.links = links;
    this.listener = listener;
  }

  start(call: C, index: number, error: unknown): void {
    const { token } = call;
    const controller = new AbortController();
    this.running.set(call, controller);
    const run = async (): Promise<unknown> =>
      this.links[index]!({ error, signal: controller.signal });
    void run().then(
      (value) => {
        if (this.ends(call, controller)) this.listener.fallbackSucceeded(call, token, value);
      },
      () => {
        if (this.ends(call, controller)) this.listener.fallbackFailed(call, token);
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
