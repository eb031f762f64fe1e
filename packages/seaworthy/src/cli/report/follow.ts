import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip, type Gunzip } from 'node:zlib';

import { EVENTS_FILE, HEADER_FILE } from '../../signals/record-layout.ts';
import { headFailure } from './read-run.ts';

/** What is new of a record since it was last asked. */
export interface News {
  /** `run.json`, where it has changed. */
  readonly head: unknown;
  /** Whole lines of `events.ndjson`. */
  readonly lines: readonly string[];
  /** Nothing more will come. */
  readonly end: boolean;
}

const nothing: News = { head: undefined, lines: [], end: false };

/** Whether a folder has a record in it, be it only begun. */
export async function isRecorded(folder: string): Promise<boolean> {
  return (await headOf(folder)) !== undefined;
}

/** Undefined: nothing has been recorded there yet. */
async function headOf(folder: string): Promise<string | undefined> {
  const file = join(folder, HEADER_FILE);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw headFailure(error, folder);
  }
}

/** Reads a record while it is written: what has reached the disk, up to its last whole line. */
export class Follower {
  readonly #folder: string;
  #gunzip: Gunzip = createGunzip();
  #offset = 0;
  #text = '';
  #head = '';

  constructor(folder: string) {
    this.#folder = folder;
    this.#begin();
  }

  /** Nothing as long as there is no record: it may be about to begin. */
  async news(): Promise<News> {
    // Before the lines: a run that says it is over has written all of them.
    const text = await headOf(this.#folder);
    if (text === undefined) return nothing;
    const json = JSON.parse(text) as { readonly status?: unknown };
    const changed = text !== this.#head;
    this.#head = text;
    await this.#readOn();
    const lines = this.#text.split('\n');
    this.#text = lines.pop() ?? '';
    return { head: changed ? json : undefined, lines, end: json.status !== 'running' };
  }

  #begin(): void {
    this.#gunzip = createGunzip();
    this.#gunzip.setEncoding('utf8');
    this.#gunzip.on('data', (text: string) => (this.#text += text));
    // Damaged, or another run began in its place: what was read stays.
    this.#gunzip.on('error', () => undefined);
  }

  async #readOn(): Promise<void> {
    const file = join(this.#folder, EVENTS_FILE);
    const { size } = await stat(file).catch(() => ({ size: 0 }));
    if (size <= this.#offset) return;
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read({
        buffer: Buffer.alloc(size - this.#offset),
        position: this.#offset,
      });
      this.#offset += bytesRead;
      await this.#unfold(buffer.subarray(0, bytesRead));
    } finally {
      await handle.close();
    }
  }

  #unfold(bytes: Buffer): Promise<void> {
    return new Promise((resolve) => {
      if (this.#gunzip.destroyed || this.#gunzip.writableEnded) resolve();
      else this.#gunzip.write(bytes, () => this.#gunzip.flush(() => resolve()));
    });
  }
}
