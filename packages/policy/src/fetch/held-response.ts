import { systemClock } from '../time/system.ts';

/** What is read of a failed response in advance, so that its connection is free for others. */
const drainBytesMax = 64 * 1024;
/** A response that nobody wants may end by itself for so long: a new connection costs more. */
const drainMs = 100;

/** A response, until it is known whether it is the one that is given. */
export class HeldResponse {
  readonly response: Response;
  readonly controller: AbortController;
  /** Given only when no other attempt begins. */
  hasFailed: boolean = false;
  private state: 'untouched' | 'draining' | 'drained' | 'stuck' = 'untouched';
  private isDiscarded: boolean = false;

  constructor(response: Response, controller: AbortController) {
    this.response = response;
    this.controller = controller;
  }

  /**
   * It has failed, and may be given all the same. Its body is read beside it, so that what is there
   * does not hold the connection while the next attempt waits for one.
   */
  drain(): void {
    this.hasFailed = true;
    const { response } = this;
    if (response.body === null || typeof response.body.getReader !== 'function') return;
    this.state = 'draining';
    void this.read(response.clone().body!.getReader());
  }

  /** It is not given. */
  discard(reason: unknown): void {
    this.isDiscarded = true;
    if (this.state === 'drained') return;
    if (this.state !== 'draining') return this.controller.abort(reason);
    const timer = systemClock.after(drainMs, () => {
      if (this.state !== 'drained') this.controller.abort(reason);
    });
    systemClock.keepAlive?.(timer, false);
  }

  private async read(reader: ReadableStreamReader): Promise<void> {
    try {
      for (let bytes = 0; bytes <= drainBytesMax;) {
        const { done, value } = await reader.read();
        if (done) {
          this.state = 'drained';
          return;
        }
        bytes += (value as { byteLength: number }).byteLength;
      }
      this.state = 'stuck';
      // It resolves when the other reader of the stream has cancelled, too: never, perhaps.
      void reader.cancel().catch(() => {});
      if (this.isDiscarded) this.controller.abort();
    } catch {
      this.state = 'drained';
    }
  }
}
