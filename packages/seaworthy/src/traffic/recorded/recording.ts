import type { SourceRequest } from '../../model/stage.ts';

const MS_PER_S = 1000;

/** What came when, as someone wrote it down. */
export interface Recording {
  /** Each different request once; weights say nothing here. */
  readonly requests: readonly SourceRequest[];
  /** In order; the first at 0. */
  readonly arrivals: readonly RecordedArrival[];
  /** Of the entries, those that cannot be sent again, by why. */
  readonly leftOut: Readonly<Record<string, number>>;
}

export interface RecordedArrival {
  readonly atMs: number;
  /** An index into the requests. */
  readonly request: number;
}

/** The most arrivals within one second. */
export function peakPerSecond({ arrivals }: Recording): number {
  let most = 0;
  let first = 0;
  for (const [index, { atMs }] of arrivals.entries()) {
    while (arrivals[first]!.atMs <= atMs - MS_PER_S) first++;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

/** A file that is no recording. */
export class RecordingError extends Error {
  /** What would be right. */
  readonly expected: string;

  constructor(file: string, line: number, what: string, expected: string) {
    super(`${file}:${line}: ${what}`);
    this.expected = expected;
    this.name = 'RecordingError';
  }
}

/** In a request line there are neither blanks nor what is not ASCII. */
const sendablePath = /^\/[\x21-\x7e]*$/;

/** Puts a recording together, one entry after the other. */
export class Recorder {
  readonly #requests = new Map<string, { readonly index: number; readonly one: SourceRequest }>();
  readonly #arrivals: RecordedArrival[] = [];
  readonly #leftOut: Record<string, number> = {};

  /** @param atMs on whatever axis the recording has */
  add(atMs: number, request: Omit<SourceRequest, 'weight'>): void {
    const key = JSON.stringify([request.method, request.path, request.headers, request.body]);
    if (!sendablePath.test(request.path)) return this.leaveOut('with a path that no client sends');
    if (key.includes('{{')) return this.leaveOut('with {{ in it, which stands for data');
    let known = this.#requests.get(key);
    if (known === undefined) {
      known = { index: this.#requests.size, one: { ...request, weight: 1 } };
      this.#requests.set(key, known);
    }
    this.#arrivals.push({ atMs, request: known.index });
  }

  leaveOut(why: string): void {
    this.#leftOut[why] = (this.#leftOut[why] ?? 0) + 1;
  }

  get count(): number {
    return this.#arrivals.length;
  }

  recording(): Recording {
    const sorted = this.#arrivals.toSorted((a, b) => a.atMs - b.atMs);
    const firstMs = sorted[0]?.atMs ?? 0;
    return {
      requests: [...this.#requests.values()].map(({ one }) => one),
      arrivals: sorted.map(({ atMs, request }) => ({ atMs: atMs - firstMs, request })),
      leftOut: this.#leftOut,
    };
  }
}
