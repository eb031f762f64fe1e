import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Run } from '../../signals/run.ts';
import { fileFailure } from '../file-failure.ts';

/** Below the folder that the command is used in. */
const defaultParent = join('.seaworthy', 'runs');

/** Finds out before the work that its record has a place to go to. */
export async function prepareParent(out: string | undefined): Promise<void> {
  const parent = out ?? defaultParent;
  try {
    await mkdir(parent, { recursive: true });
  } catch (error) {
    throw fileFailure(error, 'write records to', parent);
  }
}

/**
 * Where the record of a scenario goes: below `.seaworthy/runs`, or into the folder that was asked
 * for, where several scenarios get a folder each.
 */
export function recordFolder(run: Run, out: string | undefined, several: boolean): string {
  const { model, scenario, seed } = run.header;
  if (out !== undefined) return several ? join(out, folderName(scenario)) : out;
  return join(defaultParent, folderName(`${model.name}-${scenario}-${seed}`));
}

/** A name as every file system takes it. */
function folderName(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, '-').replace(/^\.+/, '');
}
