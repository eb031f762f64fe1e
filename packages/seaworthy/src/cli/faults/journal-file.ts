import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';

import type { Injection } from '../../rehearse/proxy/journal.ts';
import { fileFailure } from '../file-failure.ts';

/** Every injection as a line of JSON, as it happens. */
export class JournalFile {
  /** Never resolves; fails when nothing more can be written. */
  readonly failed: Promise<never>;
  readonly #stream: WriteStream;

  private constructor(stream: WriteStream, path: string) {
    this.#stream = stream;
    this.failed = new Promise((_resolve, reject) => {
      stream.on('error', (error) => reject(fileFailure(error, 'write', path)));
    });
    // Whoever waits for it is told all the same.
    this.failed.catch(() => undefined);
  }

  /** @throws UsageError when it cannot be written. */
  static async open(path: string): Promise<JournalFile> {
    const stream = createWriteStream(path);
    try {
      await once(stream, 'open');
    } catch (error) {
      throw fileFailure(error, 'write', path);
    }
    return new JournalFile(stream, path);
  }

  add(injection: Injection): void {
    this.#stream.write(`${JSON.stringify(injection)}\n`);
  }

  /** Resolves when all of it is on the disk. */
  close(): Promise<void> {
    if (this.#stream.destroyed) return Promise.resolve();
    return new Promise((resolve) => this.#stream.end(() => resolve()));
  }
}
