import type { EditedFile } from '../../model/read.ts';
import type { FileEdit } from '../../model/edit/file-edit.ts';
import type { Verdict } from '../verdict.ts';

/** The file that a verdict is about, with edits in it. */
export type EditFile = (edits: readonly FileEdit[]) => EditedFile;

/**
 * The verdict with each of its changes as lines of the file.
 *
 * @throws EditError, ModelError: a detector has suggested what cannot be; that is a defect.
 */
export function withDifferences(verdict: Verdict, edit: EditFile): Verdict {
  const findings = verdict.findings.map((finding) => ({
    ...finding,
    changes: finding.changes.map((change) => ({
      ...change,
      difference: edit(change.edits).difference,
    })),
  }));
  return { ...verdict, findings };
}
