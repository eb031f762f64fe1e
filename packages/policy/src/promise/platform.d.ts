// What Node, browsers and edge runtimes have alike, as far as it is used here. Not shipped: the
// types of users are those of their own platform.

interface AbortEvent {
  readonly target: AbortSignal;
}

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: (event: AbortEvent) => void): void;
  removeEventListener(type: 'abort', listener: (event: AbortEvent) => void): void;
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

interface ReadableStreamReader {
  read(): Promise<{ readonly done: boolean; readonly value?: unknown }>;
  cancel(reason?: unknown): Promise<void>;
}

interface ReadableStreamController {
  enqueue(chunk: unknown): void;
  close(): void;
}

interface ReadableStream {
  readonly locked: boolean;
  getReader(): ReadableStreamReader;
  cancel(reason?: unknown): Promise<void>;
}

declare const ReadableStream: new (
  source: {
    pull(controller: ReadableStreamController): Promise<void>;
  },
  strategy: { readonly highWaterMark: number },
) => ReadableStream;

interface Headers {
  get(name: string): string | null;
  has(name: string): boolean;
  set(name: string, value: string): void;
}

declare const Headers: new (from?: unknown) => Headers;

interface Response {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ReadableStream | null;
  clone(): Response;
}

declare const Response: new (
  body: string,
  init: { readonly status: number; readonly headers: Readonly<Record<string, string>> },
) => Response;

interface URL {
  readonly href: string;
}

declare const URL: new (url: string, base?: string) => URL;
