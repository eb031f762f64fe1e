import type { Direction } from '../fault.ts';
import { ValueReader } from './value-reader.ts';

/** What is not answered once, and what says that others are not. */
const unevenly = /^(?:[ps]?(?:un)?subscribe|monitor|p?sync|client\r\nreply)\r/i;

/** Whether what a client sends first is a command of Redis: `*` and how many words it has. */
export function looksLikeRedis(chunk: Buffer): boolean {
  return /^\*[1-9]\d{0,6}\r\n\$/.test(chunk.toString('latin1', 0, 16));
}

/**
 * Commands and their replies on one connection to a Redis, which answers them in order, however
 * many are sent before the first reply: that is how clients send all that they have.
 */
export class RedisTurns {
  /** The talk is of another kind: from here on it reads nothing. */
  isLost = false;
  readonly #turned: (ms: number) => void;
  readonly #commands = new ValueReader();
  readonly #replies = new ValueReader();
  /** When the last byte of each command came that has no reply yet, in order. */
  readonly #sentMs: number[] = [];
  /** When the first byte of the reply came that is being read. */
  #repliedMs = 0;

  /** @param turned Told of each reply, and how long after its command it came. */
  constructor(turned: (ms: number) => void) {
    this.#turned = turned;
  }

  passed(direction: Direction, chunk: Buffer, nowMs: number): void {
    const reader = direction === 'upstream' ? this.#commands : this.#replies;
    for (let at = 0; at < chunk.length && !this.isLost;) {
      if (reader === this.#replies && !reader.isWithin) this.#repliedMs = nowMs;
      at = reader.scan(chunk, at);
      if (reader.isLost) this.isLost = true;
      else if (!reader.hasEnded) return;
      else if (direction === 'upstream') this.#commandEnds(nowMs);
      else this.#replyEnds();
    }
  }

  #commandEnds(nowMs: number): void {
    const { type, words } = this.#commands;
    if (type !== '*' || unevenly.test(words)) this.isLost = true;
    else this.#sentMs.push(nowMs);
  }

  #replyEnds(): void {
    // What it tells of its own accord answers nobody.
    if (this.#replies.type === '>') return;
    const sentMs = this.#sentMs.shift();
    if (sentMs === undefined) this.isLost = true;
    else this.#turned(this.#repliedMs - sentMs);
  }
}
