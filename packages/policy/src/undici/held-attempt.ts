import { systemClock } from '../time/system.ts';
import type { DispatchController, DispatchHandler, HeaderRecord } from './dispatch.ts';
import type { StableController } from './stable-controller.ts';

/** What is kept of a response until it is known whether it is given; then its connection waits. */
const keptBytesMax = 64 * 1024;
/** A response that nobody wants may end by itself for so long: a new connection costs more. */
const drainMs = 100;

/** Who gets the response that is given, and steers it from then on. */
interface Receiver {
  readonly handler: DispatchHandler;
  readonly controller: StableController;
}

/** One attempt: its response is kept until it is given, thrown away, or has ended. */
export class HeldAttempt implements DispatchHandler {
  /** Of the response; 0 while there is none. */
  status: number = 0;
  hasFailed: boolean = false;
  /** The headers of the response, also as those of `fetch` have them. */
  readonly headers: { get(name: string): string | null };
  /** Resolves when the headers of the response are here. */
  readonly answered: Promise<HeldAttempt>;
  private record: HeaderRecord = {};
  private message: string | undefined = undefined;
  private live: DispatchController | undefined = undefined;
  private receiver: Receiver | undefined = undefined;
  private isDelivering: boolean = false;
  private isDropped: boolean = false;
  private dropReason: Error | undefined = undefined;
  private chunks: Uint8Array[] = [];
  private bytes: number = 0;
  private trailers: HeaderRecord | undefined = undefined;
  private error: Error | undefined = undefined;
  private resolve!: (attempt: HeldAttempt) => void;
  private reject!: (error: Error) => void;

  constructor() {
    this.headers = {
      get: (name) => {
        const value = this.record[name];
        return value === undefined ? null : String(value);
      },
    };
    this.answered = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  /** The controller of the connection. */
  get connection(): DispatchController | undefined {
    return this.live;
  }

  onRequestStart(controller: DispatchController): void {
    this.live = controller;
    if (this.dropReason !== undefined) controller.abort(this.dropReason);
  }

  onResponseStart(
    controller: DispatchController,
    status: number,
    headers: HeaderRecord,
    message?: string,
  ): void {
    // Hints before the response, which another attempt may give.
    if (status < 200) return;
    this.live = controller;
    this.status = status;
    this.record = headers;
    this.message = message;
    this.resolve(this);
  }

  onResponseData(controller: DispatchController, chunk: Uint8Array): void {
    this.bytes += chunk.byteLength;
    if (this.isDropped) {
      if (this.bytes > keptBytesMax) this.abort();
      return;
    }
    this.chunks.push(chunk);
    if (this.receiver !== undefined) this.deliver();
    else if (this.bytes > keptBytesMax) controller.pause();
  }

  onResponseEnd(_: DispatchController, trailers: HeaderRecord): void {
    this.trailers = trailers;
    this.deliver();
  }

  onResponseError(_: DispatchController, error: Error): void {
    this.error = error;
    // Before its headers only; then it is the response that fails.
    this.reject(error);
    if (this.receiver !== undefined) this.chunks = [];
    this.deliver();
  }

  /** It is the response of the call. */
  give(handler: DispatchHandler, controller: StableController): void {
    this.receiver = { handler, controller };
    controller.target = this;
    handler.onResponseStart?.(controller, this.status, this.record, this.message);
    this.deliver();
    if (!controller.paused) this.resume();
  }

  /** Holds the connection back. One that has had its response may serve another by now. */
  pause(): void {
    if (!this.hasEnded) this.live?.pause();
  }

  resume(): void {
    this.deliver();
    if (!this.hasEnded) this.live?.resume();
  }

  /** Hands on what is here, as long as the receiver takes it. */
  private deliver(): void {
    // A receiver that takes more while it is handed something gets it after that.
    if (this.receiver === undefined || this.isDelivering) return;
    const { handler, controller } = this.receiver;
    this.isDelivering = true;
    while (this.chunks.length > 0 && !controller.paused) {
      handler.onResponseData?.(controller, this.chunks.shift()!);
    }
    this.isDelivering = false;
    if (this.chunks.length > 0) return;
    if (!this.hasEnded) return;
    this.receiver = undefined;
    if (this.error !== undefined) handler.onResponseError?.(controller, this.error);
    else handler.onResponseEnd?.(controller, this.trailers!);
  }

  /** It has been given, and its receiver wants no more of it. */
  stop(reason: Error): void {
    if (this.trailers === undefined) return this.live?.abort(reason);
    this.error = reason;
    this.chunks = [];
    this.deliver();
  }

  /** Nobody waits for it any more. */
  cancel(reason: Error): void {
    this.isDropped = true;
    this.dropReason = reason;
    this.chunks = [];
    this.reject(reason);
    this.abort();
  }

  /** It has failed, and another response is given: the rest of a short one is read. */
  drop(): void {
    this.isDropped = true;
    this.chunks = [];
    if (this.bytes > keptBytesMax) return this.abort();
    const timer = systemClock.after(drainMs, () => this.abort());
    systemClock.keepAlive?.(timer, false);
  }

  private get hasEnded(): boolean {
    return this.trailers !== undefined || this.error !== undefined;
  }

  private abort(): void {
    if (this.hasEnded) return;
    this.live?.abort(this.dropReason ?? new Error('another response was given'));
  }
}
