/** Something that is read once. */
type Source = ReadableStream | AsyncIterable<unknown>;

/** Whether a body is read once, so that a second attempt would find it empty. */
export function isStream(body: unknown): body is Source {
  if (typeof body !== 'object' || body === null) return false;
  return 'getReader' in body || Symbol.asyncIterator in body;
}

interface Reader {
  read(): Promise<{ readonly done: boolean; readonly value?: unknown }>;
  cancel(reason: unknown): Promise<unknown>;
}

function readerOf(source: Source): Reader {
  if ('getReader' in source) return source.getReader();
  const iterator = source[Symbol.asyncIterator]();
  return {
    read: async () => {
      const { done = false, value } = await iterator.next();
      return { done, value };
    },
    cancel: async () => iterator.return?.(),
  };
}

/**
 * A stream that is sent more than once: what was read of it is kept while it is no more than
 * `keptBytesMax`, and each attempt reads that first. Nothing is read ahead of the attempt.
 */
export class ReplayBody {
  private readonly reader: Reader;
  private readonly keptBytesMax: number;
  private kept: unknown[] = [];
  private keptBytes: number = 0;
  /** Chunks that are no longer kept. */
  private dropped: number = 0;
  private hasEnded: boolean = false;
  private isKeeping: boolean = true;
  private reading: Promise<void> | undefined = undefined;

  constructor(source: Source, keptBytesMax: number) {
    this.reader = readerOf(source);
    this.keptBytesMax = keptBytesMax;
  }

  /** Whether all that was read is still here. */
  get isComplete(): boolean {
    return this.isKeeping;
  }

  /** The whole body for an attempt. Those before must be over. */
  stream(): ReadableStream {
    let index = 0;
    const pull = async (controller: ReadableStreamController): Promise<void> => {
      const chunk = await this.chunk(index++);
      if (chunk === undefined) controller.close();
      else controller.enqueue(chunk);
    };
    return new ReadableStream({ pull }, { highWaterMark: 0 });
  }

  /** No other attempt will follow: the one that runs reads the rest as it comes. */
  commit(): void {
    this.isKeeping = false;
  }

  /** Nobody reads it any more. */
  cancel(reason: unknown): void {
    this.commit();
    this.kept = [];
    if (!this.hasEnded) void this.reader.cancel(reason).catch(() => {});
  }

  private async chunk(index: number): Promise<unknown> {
    while (index - this.dropped >= this.kept.length) {
      if (this.hasEnded) return undefined;
      this.reading ??= this.readOne();
      await this.reading;
    }
    const chunk = this.kept[index - this.dropped];
    if (!this.isKeeping) {
      this.kept.splice(0, index - this.dropped + 1);
      this.dropped = index + 1;
    }
    return chunk;
  }

  /** One at a time: what is read for an attempt that is given up meanwhile is for the next. */
  private async readOne(): Promise<void> {
    try {
      const { done, value } = await this.reader.read();
      if (done) {
        this.hasEnded = true;
        return;
      }
      this.kept.push(value);
      this.keptBytes += (value as { byteLength?: number }).byteLength ?? 0;
      if (this.keptBytes > this.keptBytesMax) this.isKeeping = false;
    } finally {
      this.reading = undefined;
    }
  }
}
