import { type Head, readRequestHead, readResponseHead } from './head.ts';

/** Servers refuse larger ones (Node from 16 KiB, nginx from 32 KiB): then it is something else. */
const headMaxBytes = 65_536;
/** A chunk size has 16 hexadecimal digits at most, and extensions that nobody uses. */
const lineMaxBytes = 4096;

const headEnd = '\r\n\r\n';

type State =
  | 'start'
  | 'head'
  | 'body'
  | 'chunk-size'
  | 'chunk'
  | 'chunk-end'
  | 'trailer'
  | 'until-close'
  | 'raw';

/** Told where messages begin and end. */
export interface FramerHost {
  /** The first byte of a message is here. */
  readonly begins: () => void;
  /**
   * The head is complete. `bodiless`: whatever its fields say, no body follows. `raw`: what follows
   * is no HTTP any more.
   */
  readonly head: (head: Head) => 'framed' | 'bodiless' | 'interim' | 'raw';
}

/**
 * Where the messages of one direction of HTTP/1 begin and end (RFC 9112, section 6), while their
 * bytes pass on as they are. What it cannot read it calls raw, and reads no more: bytes are never
 * held or changed for its sake.
 */
export class MessageFramer {
  /** The message ended where the last scan did. */
  hasEnded = false;
  /** What it could not read; undefined: nothing of the kind. */
  broken: string | undefined = undefined;
  #state: State = 'start';
  readonly #isResponse: boolean;
  readonly #host: FramerHost;
  /** The beginning of a head or a line, of which the rest is still to come. */
  #partial: Buffer | undefined;
  /** Bytes that are left of the body or the chunk. */
  #left = 0;

  constructor(isResponse: boolean, host: FramerHost) {
    this.#isResponse = isResponse;
    this.#host = host;
  }

  /** From here on it reads no more. */
  get isRaw(): boolean {
    return this.#state === 'raw';
  }

  /** The end of the connection is the end of the message. */
  get endsWithConnection(): boolean {
    return this.#state === 'until-close';
  }

  /** A message has begun and not ended. */
  get isWithin(): boolean {
    return this.#state !== 'start' && this.#state !== 'raw';
  }

  goRaw(): void {
    this.#state = 'raw';
    this.#partial = undefined;
  }

  #break(why: string): void {
    this.broken = why;
    this.goRaw();
  }

  /** Reads from `at` to the end of the message or of the chunk, and says where that is. */
  scan(chunk: Buffer, at: number): number {
    this.hasEnded = false;
    let from = at;
    while (from < chunk.length && !this.hasEnded && this.#state !== 'raw') {
      from = this.#step(chunk, from);
    }
    return this.#state === 'raw' ? chunk.length : from;
  }

  #step(chunk: Buffer, at: number): number {
    switch (this.#state) {
      case 'start':
        this.#state = 'head';
        this.#host.begins();
        return at;
      case 'head':
        return this.#upTo(headEnd, headMaxBytes, chunk, at, this.#readHead);
      case 'chunk-size':
        return this.#readLine(chunk, at, (line) => this.#chunkSize(line));
      case 'trailer':
        return this.#readLine(chunk, at, (line) => line === '' && this.#end());
      case 'body':
      case 'chunk':
        return this.#skip(chunk, at);
      case 'chunk-end':
        return this.#readLine(chunk, at, (line) => {
          if (line === '') this.#state = 'chunk-size';
          else this.#break('a chunk that is longer than it says');
        });
      case 'until-close':
      case 'raw':
        return chunk.length;
    }
  }

  #end(): void {
    this.#state = 'start';
    this.hasEnded = true;
  }

  #skip(chunk: Buffer, at: number): number {
    const bytes = Math.min(this.#left, chunk.length - at);
    this.#left -= bytes;
    if (this.#left === 0) {
      if (this.#state === 'chunk') this.#state = 'chunk-end';
      else this.#end();
    }
    return at + bytes;
  }

  readonly #readHead = (bytes: Buffer, from: number, to: number): void => {
    const head = this.#isResponse
      ? readResponseHead(bytes, from)
      : readRequestHead(bytes, from, to);
    if (head === undefined) return this.#break('what is no head of HTTP/1');
    switch (this.#host.head(head)) {
      case 'raw':
        return this.goRaw();
      case 'interim':
        this.#state = 'head';
        return;
      case 'bodiless':
        return this.#end();
      case 'framed':
        return this.#frame(head);
    }
  };

  #frame({ fields }: Head): void {
    const coding = fields['transfer-encoding'];
    const length = fields['content-length'];
    if (coding !== undefined) {
      if (/(?:^|,)[ \t]*chunked$/i.test(coding)) this.#state = 'chunk-size';
      else if (this.#isResponse) this.#state = 'until-close';
      else this.#break('a body whose length nothing says');
    } else if (length !== undefined) {
      if (!/^\d{1,15}$/.test(length)) return this.#break('a content-length that is no number');
      this.#left = Number(length);
      if (this.#left === 0) this.#end();
      else this.#state = 'body';
    } else if (this.#isResponse) {
      this.#state = 'until-close';
    } else {
      this.#end();
    }
  }

  #readLine(chunk: Buffer, at: number, read: (line: string) => void): number {
    return this.#upTo('\r\n', lineMaxBytes, chunk, at, (bytes, from, to) => {
      read(bytes.toString('latin1', from, to - 2));
    });
  }

  #chunkSize(line: string): void {
    const match = /^([0-9a-f]{1,12})[ \t]*(?:;.*)?$/i.exec(line);
    if (match === null) return this.#break('a chunk without a size');
    const size = Number.parseInt(match[1]!, 16);
    this.#left = size;
    this.#state = size === 0 ? 'trailer' : 'chunk';
  }

  /** Reads the bytes up to and with `mark`, once they are all here; gives where the next begin. */
  #upTo(
    mark: string,
    mostBytes: number,
    chunk: Buffer,
    at: number,
    read: (bytes: Buffer, from: number, to: number) => void,
  ): number {
    const before = this.#partial;
    if (before === undefined) {
      const found = chunk.indexOf(mark, at, 'latin1');
      if (found < 0) return this.#keep(Buffer.from(chunk.subarray(at)), mostBytes, chunk);
      const end = found + mark.length;
      read(chunk, at, end);
      return end;
    }
    const joined = Buffer.concat([before, chunk.subarray(at)]);
    const found = joined.indexOf(mark, Math.max(0, before.length - mark.length), 'latin1');
    if (found < 0) return this.#keep(joined, mostBytes, chunk);
    this.#partial = undefined;
    const end = found + mark.length;
    read(joined, 0, end);
    return at + end - before.length;
  }

  #keep(partial: Buffer, mostBytes: number, { length }: Buffer): number {
    this.#partial = partial;
    if (partial.length > mostBytes) this.#break(`a head or a line of over ${mostBytes} bytes`);
    return length;
  }
}
