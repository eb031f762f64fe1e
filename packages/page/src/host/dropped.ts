import { open } from '../state/open.ts';
import type { PageRun } from '../seaworthy.ts';
import { Reading } from './reading.ts';

const HEAD = 'run.json';
const LINES = 'events.ndjson.gz';

/** All files of what was dropped, also in folders. */
export async function filesOf(transfer: DataTransfer): Promise<readonly File[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  const files = await Promise.all(entries.map((entry) => filesIn(entry)));
  return files.flat();
}

async function filesIn(entry: FileSystemEntry | null): Promise<readonly File[]> {
  if (entry instanceof FileSystemFileEntry) {
    return [await new Promise<File>((resolve, reject) => entry.file(resolve, reject))];
  }
  if (!(entry instanceof FileSystemDirectoryEntry)) return [];
  const reader = entry.createReader();
  const inside = await new Promise<FileSystemEntry[]>((resolve, reject) =>
    reader.readEntries(resolve, reject),
  );
  return (await Promise.all(inside.map((each) => filesIn(each)))).flat();
}

/**
 * Opens the records among these files, the first two beside each other.
 *
 * @throws Error that says what is missing or wrong
 */
export async function openFiles(files: readonly File[]): Promise<void> {
  const heads = files.filter(({ name }) => name === HEAD);
  const streams = files.filter(({ name }) => name === LINES);
  if (heads.length === 0 || heads.length !== streams.length) {
    throw new Error(`${HEAD} ${LINES}`);
  }
  const runs = await Promise.all(heads.map((head, at) => readFiles(head, streams[at]!)));
  open({ schema: 1, runs, compared: true, limits: undefined });
}

async function readFiles(head: File, stream: File): Promise<PageRun> {
  const json: unknown = JSON.parse(await head.text());
  const label = head.webkitRelativePath.split('/').at(-2) ?? head.name;
  const reading = new Reading(label, json);
  const unzipped = stream.stream().pipeThrough(new DecompressionStream('gzip'));
  const text = await new Response(unzipped).text();
  for (const line of text.split('\n')) if (line !== '') reading.take(line);
  return reading.run;
}
