import { readFile } from 'node:fs/promises';

import type { LimitsResult } from '../../report/html/page-run.ts';
import { limitsFromJson } from '../../report/limits/read.ts';
import { parsed } from '../../signals/json-codec.ts';
import { RecordError } from '../../signals/record-error.ts';
import { fileFailure } from '../file-failure.ts';
import { UsageError } from '../usage-error.ts';

/** A record is a folder; what `limits --format json` printed is a file. */
export function isLimitsFile(path: string): boolean {
  return path.endsWith('.json');
}

/** @throws UsageError when there is no such file, or it is none of these. */
export async function readLimits(file: string): Promise<LimitsResult> {
  try {
    return limitsFromJson(parsed(await readFile(file, 'utf8'), file), file);
  } catch (error) {
    if (error instanceof RecordError) throw new UsageError(error.message);
    throw fileFailure(error, 'read', file);
  }
}
