import type { CheckResult } from '../../check/check.ts';
import type { Finding } from '../../check/finding.ts';
import type { Landscape } from '../../model/import/landscape.ts';

/** What was read, what was found, and what was not understood. */
export function renderCheck(landscape: Landscape, result: CheckResult): string {
  const lines = [
    ...readLines(landscape),
    ...result.findings.flatMap(findingLines),
    ...landscape.notUnderstood.map(
      ({ file, line, column, why }) => `${file}:${line}:${column}: not understood: ${why}`,
    ),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function readLines({ read, workloads, edges }: Landscape): string[] {
  const kinds = new Map<string, number>();
  for (const { as } of read) kinds.set(as, (kinds.get(as) ?? 0) + 1);
  const counts = [...kinds].map(([as, count]) => `${count} ${as}`).join(', ');
  if (counts === '') return ['found no file of a known kind'];
  return [`read ${counts}: ${workloads.length} workloads, ${edges.length} edges`];
}

function findingLines({ at, rule, severity, subject, what, passes }: Finding): string[] {
  const place = at === undefined ? '' : `${at.file}:${at.line}:${at.column}: `;
  return ['', `${place}${severity} ${rule} ${subject}`, `  ${what}`, `  would pass: ${passes}`];
}
