import { join } from 'node:path';

import { verdictFromJson } from '../../report/read-verdict.ts';
import type { Verdict } from '../../judge/verdict.ts';
import { RecordError } from '../../signals/record-error.ts';
import { HEADER_FILE } from '../../signals/record-layout.ts';
import { readRecord } from '../../signals/record-reader.ts';
import type { Run } from '../../signals/run.ts';
import { fileFailure } from '../file-failure.ts';
import { UsageError } from '../usage-error.ts';

/** A record that was read, and the verdict that was in it. */
export interface ReadRun {
  /** As the user typed it. */
  readonly folder: string;
  readonly run: Run;
  readonly verdict: Verdict | undefined;
}

/** @throws UsageError when it is no record, or one that cannot be read. */
export async function readRun(folder: string): Promise<ReadRun> {
  const file = join(folder, HEADER_FILE);
  try {
    const { run, verdict } = await readRecord(folder);
    return { folder, run, verdict: verdictFromJson(verdict, `${file}: verdict`) };
  } catch (error) {
    if (error instanceof RecordError) throw new UsageError(error.message);
    throw headFailure(error, folder);
  }
}

/** Why the head of a record cannot be read, for the user. */
export function headFailure(error: unknown, folder: string): unknown {
  if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') {
    return new UsageError(`${folder} is a file, and the record of a run is a folder`);
  }
  return fileFailure(error, 'read', join(folder, HEADER_FILE));
}
