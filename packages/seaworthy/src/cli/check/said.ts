import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Finding } from '../../check/finding.ts';
import type { Said } from '../../check/set-aside/assess.ts';
import { type Baseline, readBaseline, writeBaseline } from '../../check/set-aside/baseline.ts';
import { ignoresAt } from '../../check/set-aside/comment.ts';
import { ignoreFileName, readIgnores } from '../../check/set-aside/ignore-file.ts';
import { Source } from '../../model/source/source.ts';
import { fileFailure } from '../file-failure.ts';
import { UsageError } from '../usage-error.ts';

/**
 * What people have said about findings: in `seaworthy-ignore.yaml` of the folder, in comments at
 * the places of the findings, and in a baseline.
 *
 * @throws UsageError or ModelError where that cannot be read.
 */
export function whatWasSaid(folder: string, baselineFile: string | undefined): Said {
  const sources = new Map<string, Source>();
  const sourceOf = (file: string): Source => {
    const known = sources.get(file) ?? new Source(file, readText(file));
    sources.set(file, known);
    return known;
  };
  const beside = join(folder, ignoreFileName);
  return {
    ignores: existsSync(beside) ? readIgnores(sourceOf(beside)) : [],
    ignoresAt: ({ at }) => (at === undefined ? [] : ignoresAt(sourceOf(at.file), at)),
    baseline: baselineFile === undefined ? undefined : loadBaseline(baselineFile),
    today: new Date().toISOString().slice(0, 'yyyy-mm-dd'.length),
  };
}

/** @throws UsageError where it cannot be written. */
export async function saveBaseline(file: string, findings: readonly Finding[]): Promise<void> {
  try {
    await writeFile(file, writeBaseline(findings));
  } catch (error) {
    throw fileFailure(error, 'write', file);
  }
}

function loadBaseline(file: string): Baseline {
  const baseline = existsSync(file) ? readBaseline(readText(file)) : undefined;
  if (baseline !== undefined) return baseline;
  throw new UsageError(
    existsSync(file) ? `${file} is no baseline` : `cannot read ${file}: there is no such file`,
    `seaworthy check --write-baseline ${file} writes one`,
  );
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw fileFailure(error, 'read', file);
  }
}
