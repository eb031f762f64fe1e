import { runWithin } from '../promise/task.ts';
import type { Door, Entry } from './door.ts';
import type { Refusal } from './refusal.ts';

/** A request of `node:http` or of what is built on it. */
export interface NodeRequest {
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A response of `node:http` or of what is built on it. */
export interface NodeResponse {
  /** Tells when the connection is done with, answered or not. */
  on(event: 'close', listener: () => void): unknown;
}

export function nodeHeader({ headers }: NodeRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** How one request goes on. */
export interface Ways {
  /** It was let in. Called within its task. */
  proceed(entry: Entry): void;
  refuse(refusal: Refusal): void;
  /** What the options gave threw. */
  fail(error: unknown): void;
}

/** Lets a request in or not. It counts until its response is closed. */
export function enterFor<R>(door: Door<R>, request: R, response: NodeResponse, ways: Ways): void {
  const gone = new AbortController();
  let inside: Entry | undefined;
  response.on('close', () => {
    if (inside === undefined) gone.abort();
    else inside.leave();
  });
  const enter = async (): Promise<void> => {
    let entry: Entry;
    try {
      entry = await door.enter(request, gone.signal);
    } catch (error) {
      // Nobody is there to be told.
      if (gone.signal.aborted) return;
      const refusal = door.refusal(error);
      if (refusal === undefined) ways.fail(error);
      else ways.refuse(refusal);
      return;
    }
    inside = entry;
    if (gone.signal.aborted) entry.leave();
    else runWithin(entry.task, () => ways.proceed(entry));
  };
  void enter();
}
