import { EditError } from '../../model/edit/apply.ts';
import type { FileEdit } from '../../model/edit/file-edit.ts';
import { ModelError } from '../../model/problem.ts';
import type { EditedFile } from '../../model/read.ts';
import type { Change, Verdict } from '../verdict.ts';

/** The file that a verdict is about, with edits in it. */
export type EditFile = (edits: readonly FileEdit[]) => EditedFile;

/**
 * The verdict with each of its changes as lines of the file. A change that this file cannot take is
 * left out: the overlay of another environment may contradict it.
 */
export function withDifferences(verdict: Verdict, edit: EditFile): Verdict {
  const findings = verdict.findings.map((finding) => ({
    ...finding,
    changes: finding.changes.flatMap((change) => withDifference(change, edit)),
  }));
  return { ...verdict, findings };
}

function withDifference(change: Change, edit: EditFile): readonly Change[] {
  try {
    return [{ ...change, difference: edit(change.edits).difference }];
  } catch (error) {
    if (error instanceof EditError || error instanceof ModelError) return [];
    throw error;
  }
}
