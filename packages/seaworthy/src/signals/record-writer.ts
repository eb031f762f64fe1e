import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { constants, createGzip, type Gzip } from 'node:zlib';

import { eventToJson } from './event-json.ts';
import type { FollowedTask } from './followed-task.ts';
import { headerToJson, type RecordHeader } from './header-json.ts';
import { intervalToJson } from './interval-json.ts';
import { jsonText } from './json-text.ts';
import { EVENTS_FILE, GZIP, HEADER_FILE } from './record-layout.ts';
import { RecordError } from './record-error.ts';
import type { Interval, Run, RunEvent, RunHeader } from './run.ts';
import { taskToJson } from './task-json.ts';

/**
 * Writes the record of a run while it goes on. What was appended is on its way to the disk at once,
 * so a process that is killed leaves a record that can be read, up to about the last interval.
 *
 * There is nothing in a record but what was run and what came of it (no date, no machine), so equal
 * runs leave equal bytes.
 */
export class RecordWriter {
  readonly #folder: string;
  readonly #header: RunHeader;
  readonly #gzip: Gzip;
  /** Settles when everything is on the disk, or cannot be. */
  readonly #written: Promise<void>;

  private constructor(folder: string, header: RunHeader) {
    this.#folder = folder;
    this.#header = header;
    this.#gzip = createGzip(GZIP);
    const file = createWriteStream(join(folder, EVENTS_FILE));
    // What goes wrong with the file must also wake whoever waits for the compressor.
    file.on('error', (error) => this.#gzip.destroy(error));
    this.#gzip.pipe(file);
    this.#written = finished(file);
    // Reported by the next step; until then it is nobody's.
    this.#written.catch(() => undefined);
    this.#gzip.on('error', () => undefined);
  }

  /**
   * Begins a record, in place of an earlier one in the same folder.
   *
   * @throws RecordError when the folder has something in it that is no record.
   */
  static async open(folder: string, header: RunHeader): Promise<RecordWriter> {
    await mkdir(folder, { recursive: true });
    await refuseOtherFolders(folder);
    // Or the header of this run would stand beside the events of another for a moment.
    await rm(join(folder, EVENTS_FILE), { force: true });
    const running: RunHeader = { ...header, status: 'running' };
    await writeHeader(folder, { header: running, eventsDropped: 0, verdict: undefined });
    return new RecordWriter(folder, header);
  }

  /** Intervals and events come in order of time: an interval when it is over. */
  async appendInterval(interval: Interval): Promise<void> {
    await this.appendPastInterval(interval);
    await this.#done((done) => this.#gzip.flush(constants.Z_SYNC_FLUSH, done));
  }

  /** One that more follow at once: it may wait for them on its way to the disk. */
  async appendPastInterval(interval: Interval): Promise<void> {
    await this.#write({ interval: intervalToJson(interval) });
  }

  /** Reaches the disk with the next interval. */
  async appendEvent(event: RunEvent): Promise<void> {
    await this.#write({ event: eventToJson(event) });
  }

  /** Examples come when the last interval is written: until then nobody knows which. */
  async appendTask(task: FollowedTask): Promise<void> {
    await this.#write({ task: taskToJson(task) });
  }

  /** Ends the record. `verdict` is anything that JSON can say. */
  async close(
    status: 'complete' | 'interrupted',
    eventsDropped: number,
    verdict: unknown,
  ): Promise<void> {
    this.#gzip.end();
    await this.#written;
    const header: RunHeader = { ...this.#header, status };
    await writeHeader(this.#folder, { header, eventsDropped, verdict });
  }

  async #write(line: unknown): Promise<void> {
    await this.#done((done) => {
      this.#gzip.write(`${JSON.stringify(line)}\n`, (error) => {
        // Then `#written` says why.
        if (!error) done();
      });
    });
  }

  /** Waits for one step, or for the file to fail. */
  #done(step: (done: () => void) => void): Promise<void> {
    return Promise.race([new Promise<void>(step), this.#written]);
  }
}

/**
 * Writes the record of a run that is over.
 *
 * @throws RecordError when the folder has something in it that is no record.
 */
export async function writeRecord(folder: string, run: Run, verdict: unknown): Promise<void> {
  const writer = await RecordWriter.open(folder, run.header);
  let next = 0;
  const eventsBefore = async (ms: number): Promise<void> => {
    for (let event = run.events[next]; event !== undefined && event.atMs < ms;) {
      // In order of time, and no faster than they can be written.
      await writer.appendEvent(event);
      event = run.events[++next];
    }
  };
  for (const interval of run.intervals) {
    await eventsBefore(interval.toMs);
    await writer.appendPastInterval(interval);
  }
  await eventsBefore(Infinity);
  for (const task of run.tasks ?? []) await writer.appendTask(task);
  const status = run.header.status === 'complete' ? 'complete' : 'interrupted';
  await writer.close(status, run.eventsDropped, verdict);
}

const DRAFT_FILE = `${HEADER_FILE}.draft`;

async function writeHeader(folder: string, header: RecordHeader): Promise<void> {
  // Renamed into its place, so that there is a whole one at every moment.
  const draft = join(folder, DRAFT_FILE);
  await writeFile(draft, `${jsonText(headerToJson(header))}\n`);
  await rename(draft, join(folder, HEADER_FILE));
}

/**
 * A record goes into a folder of its own.
 *
 * @throws RecordError when the folder has something in it that is no record.
 */
export async function refuseOtherFolders(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name !== DRAFT_FILE);
  if (names.length === 0) return;
  if (names.includes(HEADER_FILE) && (await isRecord(join(folder, HEADER_FILE)))) return;
  throw new RecordError(
    `${folder} has files in it that are no run record: a record goes into an empty folder, ` +
      'or in place of another record',
  );
}

/** Of whatever version: what matters is that nothing else is lost. */
async function isRecord(file: string): Promise<boolean> {
  try {
    const json: unknown = JSON.parse(await readFile(file, 'utf8'));
    return typeof json === 'object' && json !== null && 'engineVersion' in json;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
