import { join } from 'node:path';

import type { Run } from '../../signals/run.ts';

/**
 * Where the record of a scenario goes: below `.seaworthy/runs`, or into the folder that was asked for, where several
 * scenarios get a folder each.
 */
export function recordFolder(run: Run, out: string | undefined, several: boolean): string {
  const { model, scenario, seed } = run.header;
  if (out !== undefined) return several ? join(out, folderName(scenario)) : out;
  return join('.seaworthy', 'runs', folderName(`${model.name}-${scenario}-${seed}`));
}

/** A name as every file system takes it. */
function folderName(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, '-').replace(/^\.+/, '');
}
