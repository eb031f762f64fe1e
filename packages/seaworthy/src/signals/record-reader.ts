import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { constants, createGunzip } from 'node:zlib';

import { headerFromJson, type RecordHeader } from './header-json.ts';
import { parsed } from './json-codec.ts';
import { EVENTS_FILE, HEADER_FILE } from './record-layout.ts';
import { RecordLines } from './record-lines.ts';
import { RecordError } from './record-error.ts';
import type { Run } from './run.ts';

/** A verdict with a thousand findings takes a megabyte. */
const HEADER_BYTES_MAX = 16e6;

export interface RunRecord {
  readonly run: Run;
  /** As JSON; null when the run was not judged. */
  readonly verdict: unknown;
}

/**
 * Reads a record. One whose writer was killed reads as an interrupted run, up to its last whole
 * line.
 *
 * @throws RecordError when it is damaged, of another version, or unreasonably large.
 */
export async function readRecord(folder: string): Promise<RunRecord> {
  const { header, eventsDropped, verdict } = await readHeader(join(folder, HEADER_FILE));
  const lines = new RecordLines(header, join(folder, EVENTS_FILE));
  await readEvents(lines, header.status === 'running');
  const { intervals, events, tasks } = lines;
  const status = header.status === 'running' ? 'interrupted' : header.status;
  const run = { header: { ...header, status }, intervals, events, eventsDropped, tasks };
  return { run, verdict };
}

async function readHeader(file: string): Promise<RecordHeader> {
  const handle = await open(file).catch((error: unknown) => {
    throw missing(error, file) ?? error;
  });
  try {
    const { size } = await handle.stat();
    if (size > HEADER_BYTES_MAX) {
      throw new RecordError(`${file} has ${size} bytes, expected ${HEADER_BYTES_MAX} at most`);
    }
    return headerFromJson(parsed(await handle.readFile('utf8'), file), file);
  } finally {
    await handle.close();
  }
}

async function readEvents(lines: RecordLines, running: boolean): Promise<void> {
  // Of a run that was not ended, the stream has no end either.
  const gunzip = createGunzip(running ? { finishFlush: constants.Z_SYNC_FLUSH } : {});
  const file = createReadStream(lines.file);
  file.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const chunk of file.pipe(gunzip)) lines.take(chunk as Buffer);
  } catch (error) {
    const missingFile = missing(error, lines.file);
    // Killed before it could write anything.
    if (missingFile !== undefined && running) return;
    throw missingFile ?? damaged(error, lines.file) ?? error;
  } finally {
    file.destroy();
  }
  lines.end(running);
}

function missing(error: unknown, file: string): RecordError | undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return undefined;
  return new RecordError(`${file} does not exist: this is no run record`);
}

/** What zlib says of bytes that did not come from gzip, or not all of them. */
function damaged(error: unknown, file: string): RecordError | undefined {
  const { code, message } = error as NodeJS.ErrnoException;
  if (!code?.startsWith('Z_')) return undefined;
  return new RecordError(`${file} is damaged: ${message}`);
}
