const LF = 0x0a;
const CR = 0x0d;
const MINUS = 0x2d;
const DIGIT_0 = 0x30;

/** What a line that begins with this byte is followed by. */
const kinds = new Map<number, 'nothing' | 'bytes' | 'values' | 'pairs' | 'attribute'>();
for (const type of '+-:_,#(') kinds.set(type.charCodeAt(0), 'nothing');
for (const type of '$=!') kinds.set(type.charCodeAt(0), 'bytes');
for (const type of '*~>') kinds.set(type.charCodeAt(0), 'values');
kinds.set('%'.charCodeAt(0), 'pairs');
kinds.set('|'.charCodeAt(0), 'attribute');

/** Redis itself takes no longer bulk than 512 MB, nor more values at once than 2^31. */
const lengthMax = 2 ** 31;

/** Longer words are no commands. */
const wordsMax = 32;

/**
 * Where the values of one direction of the protocol of Redis begin and end, RESP2 and RESP3
 * (https://redis.io/docs/latest/develop/reference/protocol-spec/), while their bytes pass on as
 * they are. What it cannot read, such as values whose length is not said in advance, it says so of,
 * and reads no more.
 */
export class ValueReader {
  /** The value ended where the last scan did. */
  hasEnded = false;
  isLost = false;
  /** How the value begins, such as `*`. */
  type = '';
  /** The first two strings in it, each with its line end, as far as they are short. */
  words = '';
  /** Values that are still to come before this one has ended; 0: none has begun. */
  #left = 0;
  #stringCount = 0;
  /** Of the line that is being read; 0: none. */
  #lineType = 0;
  #length = 0;
  #isAbsent = false;
  /** Bytes of a string that are still to come, its line end among them. */
  #bytes = 0;

  /** A value has begun and not ended. */
  get isWithin(): boolean {
    return this.#left > 0;
  }

  /** Reads from `at` to the end of the value or of the chunk, and says where that is. */
  scan(chunk: Buffer, at: number): number {
    this.hasEnded = false;
    let from = at;
    while (from < chunk.length && !this.hasEnded && !this.isLost) from = this.#step(chunk, from);
    return from;
  }

  #step(chunk: Buffer, at: number): number {
    if (this.#bytes > 0) return this.#skip(chunk, at);
    const byte = chunk[at]!;
    if (this.#lineType === 0) this.#begin(byte);
    else if (byte === LF) this.#lineEnds();
    else if (kinds.get(this.#lineType) !== 'nothing' && byte !== CR) this.#lengthGoesOn(byte);
    return at + 1;
  }

  #begin(type: number): void {
    if (!kinds.has(type)) this.isLost = true;
    if (this.#left === 0) {
      this.#left = 1;
      this.type = String.fromCharCode(type);
      this.words = '';
      this.#stringCount = 0;
    }
    this.#lineType = type;
    this.#length = 0;
    this.#isAbsent = false;
  }

  #lengthGoesOn(byte: number): void {
    const digit = byte - DIGIT_0;
    if (byte === MINUS) this.#isAbsent = true;
    else if (digit >= 0 && digit <= 9) this.#length = this.#length * 10 + digit;
    else this.isLost = true;
    if (this.#length > lengthMax) this.isLost = true;
  }

  #lineEnds(): void {
    const kind = kinds.get(this.#lineType);
    const length = this.#isAbsent ? 0 : this.#length;
    this.#lineType = 0;
    if (kind === 'bytes' && !this.#isAbsent) {
      this.#bytes = length + 2;
      this.#stringCount++;
      return;
    }
    if (kind === 'values') this.#left += length;
    else if (kind === 'pairs') this.#left += 2 * length;
    // It is said of the value that follows, which counts for both.
    else if (kind === 'attribute') this.#left += 2 * length + 1;
    this.#oneLess();
  }

  #skip(chunk: Buffer, at: number): number {
    const end = Math.min(chunk.length, at + this.#bytes);
    if (this.#stringCount <= 2 && this.words.length < wordsMax) {
      this.words += chunk.toString('latin1', at, Math.min(end, at + wordsMax));
    }
    this.#bytes -= end - at;
    if (this.#bytes === 0) this.#oneLess();
    return end;
  }

  #oneLess(): void {
    this.#left--;
    this.hasEnded = this.#left === 0;
  }
}
