// What undici 7 has, as far as it is used here: its own types need those of Node.

export type HeaderRecord = Readonly<Record<string, string | string[] | undefined>>;

/** What a handler steers its request with. */
export interface DispatchController {
  readonly aborted: boolean;
  readonly paused: boolean;
  readonly reason: Error | null;
  rawHeaders?: unknown;
  rawTrailers?: unknown;
  abort(reason: Error): void;
  pause(): void;
  resume(): void;
}

/** Who is told what comes of a request. */
export interface DispatchHandler {
  onRequestStart?(controller: DispatchController, context: unknown): void;
  onResponseStart?(
    controller: DispatchController,
    status: number,
    headers: HeaderRecord,
    message?: string,
  ): void;
  onResponseData?(controller: DispatchController, chunk: Uint8Array): void;
  onResponseEnd?(controller: DispatchController, trailers: HeaderRecord): void;
  onResponseError?(controller: DispatchController, error: Error): void;
}

export interface DispatchOptions {
  readonly origin?: unknown;
  readonly method: string;
  readonly headers?: unknown;
  readonly body?: unknown;
  readonly upgrade?: unknown;
  readonly idempotent?: boolean;
}

export type Dispatch = (options: DispatchOptions, handler: DispatchHandler) => boolean;

type Pairs = readonly (readonly [name: string, value: string])[];

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

/** Headers in one of the forms that undici takes, and more. */
export function withHeaders(headers: unknown, more: Pairs): unknown {
  if (Array.isArray(headers)) return [...(headers as unknown[]), ...more.flat()];
  if (isIterable(headers)) return [...headers, ...more].flat();
  return { ...(headers as object | undefined), ...Object.fromEntries(more) };
}

/** Whether there is such a header, in one of the forms that undici takes. */
export function hasHeader(headers: unknown, name: string): boolean {
  const is = (given: unknown): boolean => String(given).toLowerCase() === name;
  if (Array.isArray(headers)) return headers.some((given, index) => index % 2 === 0 && is(given));
  if (isIterable(headers)) return [...headers].some((pair) => is((pair as unknown[])[0]));
  return Object.keys(headers ?? {}).some(is);
}

/** Whether the body can be sent any number of times. */
export function isReplayable(body: unknown): boolean {
  if (body === undefined || body === null || typeof body === 'string') return true;
  if (ArrayBuffer.isView(body)) return true;
  // Blobs and forms.
  return typeof body === 'object' && ('arrayBuffer' in body || 'append' in body);
}
