import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';

/** Nobody reads more of it, and a service that logs each request fills a disk in an hour. */
const bytesMax = 10_000_000;

/** What a message about a process shows of it. */
const tailLines = 20;
const tailCharacters = 8000;

/** What one process prints: into a file, up to a size, with the end of it in memory. */
export class Output {
  readonly #file: WriteStream | undefined;
  readonly #listeners = new Set<(text: string) => void>();
  #bytes = 0;
  #tail = '';

  private constructor(file: WriteStream | undefined) {
    this.#file = file;
  }

  /** @param path Undefined: it is kept nowhere. */
  static async open(path: string | undefined): Promise<Output> {
    if (path === undefined) return new Output(undefined);
    await mkdir(dirname(path), { recursive: true });
    return new Output(createWriteStream(path));
  }

  /** The last lines. */
  get tail(): readonly string[] {
    const text = this.#tail.trimEnd();
    return text === '' ? [] : text.split('\n').slice(-tailLines);
  }

  /** All that comes is added. */
  collect(stream: Readable): void {
    stream.on('data', (chunk: Buffer) => this.#add(chunk));
  }

  /** Told of all that comes from now on; call what comes back to hear no more. */
  listen(listener: (text: string) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Resolves when all of it is on the disk.
   *
   * @throws what the file system says.
   */
  async close(): Promise<void> {
    if (this.#file === undefined) return;
    this.#file.end();
    await finished(this.#file);
  }

  #add(chunk: Buffer): void {
    const text = chunk.toString();
    this.#tail = (this.#tail + text).slice(-tailCharacters);
    for (const listener of this.#listeners) listener(text);
    if (this.#bytes >= bytesMax) return;
    this.#bytes += chunk.length;
    this.#file?.write(chunk);
    if (this.#bytes >= bytesMax) this.#file?.write('\n... more was printed, and is not kept\n');
  }
}
