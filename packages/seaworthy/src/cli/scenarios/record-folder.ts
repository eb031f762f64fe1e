import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { RecordError } from '../../signals/record-error.ts';
import { refuseOtherFolders } from '../../signals/record-writer.ts';
import type { RunHeader } from '../../signals/run.ts';
import { fileFailure } from '../file-failure.ts';
import { UsageError } from '../usage-error.ts';

/** Below the folder that the command is used in. */
const defaultParent = join('.seaworthy', 'runs');

/**
 * Finds out before the work whether its records have a place to go to.
 *
 * @throws UsageError when they have not.
 */
export async function prepareFolders(
  out: string | undefined,
  scenarios: readonly string[],
): Promise<void> {
  const several = scenarios.length > 1;
  const folders =
    out === undefined ? [defaultParent] : scenarios.map((name) => outFolder(out, name, several));
  for (const folder of folders) {
    try {
      await mkdir(folder, { recursive: true });
      if (out !== undefined) await refuseOtherFolders(folder);
    } catch (error) {
      throw recordFailure(error, folder);
    }
  }
}

/** What went wrong with a record, for the user where it is theirs to put right. */
export function recordFailure(error: unknown, folder: string): unknown {
  if (error instanceof RecordError) return new UsageError(error.message);
  return fileFailure(error, 'write the record to', folder);
}

/** What a file that is run has to say about where its record goes. */
interface Recorded {
  readonly file: string;
  readonly model: { readonly name: string };
}

/**
 * For each file the folder that was asked for: with several, a folder each below it. Undefined: the
 * usual one.
 *
 * @throws UsageError when the record of one file would replace that of another.
 */
export function fileFolders(
  out: string | undefined,
  files: readonly Recorded[],
): readonly (string | undefined)[] {
  if (files.length === 1) return [out];
  const folders = files.map(({ file, model }) =>
    folderName(out === undefined ? model.name : file.replace(/\.(ya?ml|json)$/, '')),
  );
  const second = folders.findIndex((folder, index) => folders.indexOf(folder) < index);
  if (second < 0)
    return folders.map((folder) => (out === undefined ? undefined : join(out, folder)));
  const folder = folders[second]!;
  const first = files[folders.indexOf(folder)]!.file;
  if (files[second]!.file === first) throw new UsageError(`${first} is named twice`);
  const why = out === undefined ? `have the name ${folder}` : `go to ${folder}`;
  throw new UsageError(
    `the record of ${files[second]!.file} would replace that of ${first}: both ${why}`,
    out === undefined ? 'give each file a folder of its own with --out <folder>' : undefined,
  );
}

function outFolder(out: string, scenario: string, several: boolean): string {
  return several ? join(out, folderName(scenario)) : out;
}

/**
 * Where the record of a scenario goes: below `.seaworthy/runs`, or into the folder that was asked
 * for, where several scenarios get a folder each.
 */
export function recordFolder(header: RunHeader, out: string | undefined, several: boolean): string {
  const { model, scenario, seed, world } = header;
  if (out !== undefined) return outFolder(out, scenario, several);
  const name = `${model.name}-${scenario}-${seed}`;
  return join(defaultParent, folderName(world === 'simulate' ? name : `${name}-rehearsed`));
}

/** A name as every file system takes it, and no command for an option. */
function folderName(name: string): string {
  const plain = name.replaceAll(/[^\w.-]+/g, '-').replace(/^[.-]+/, '');
  return plain === '' ? '_' : plain;
}
