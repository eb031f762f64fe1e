// What Node, browsers and edge runtimes have alike, as far as it is used here. Not shipped: the
// types of users are those of their own platform.

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

interface AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

declare const AbortController: new () => AbortController;

declare module 'node:async_hooks' {
  class AsyncLocalStorage<T> {
    run<R>(store: T, callback: () => R): R;
    getStore(): T | undefined;
  }
}

declare module 'node:diagnostics_channel' {
  interface Channel {
    readonly hasSubscribers: boolean;
    publish(message: unknown): void;
  }
  function channel(name: string): Channel;
}
