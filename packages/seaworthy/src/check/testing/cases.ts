import type { Landscape } from '../../model/import/landscape.ts';
import { originText } from '../../model/import/landscape/origin-text.ts';
import { check, type CheckResult } from '../check.ts';
import { evidenceText } from '../evidence.ts';
import type { Finding } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { withHoles } from './holes.ts';

/**
 * All that a rule says of a landscape: its findings, then what it could not decide. Of one that has
 * findings anything may be missing, and the rule still decides.
 */
export function messages(rule: Rule, landscape: Landscape): string {
  const result = check(landscape, [rule]);
  if (result.findings.length > 0) {
    for (const hollow of withHoles(landscape)) check(hollow, [rule]);
  }
  return resultText(result);
}

/** Findings, then what could not be decided. */
export function resultText({ findings, undecided }: CheckResult): string {
  return [
    ...findings.map(messageOf),
    ...undecided.map(({ subject, input }) => `${subject} lacks ${input}`),
  ].join('\n\n');
}

/** What fits into a snapshot, with its indent. */
const lineWidth = 90;

function messageOf({ at, severity, rule, subject, what, numbers, passes }: Finding): string {
  const place = at === undefined ? 'nowhere' : `${at.file}:${at.line}:${at.column}`;
  const evidence = numbers.map(
    (each) => `  ${each.name}: ${evidenceText(each)} (${originText(each.origin)})`,
  );
  return [
    `${place} ${severity} ${rule}`,
    ...broken(`${subject}: ${what}`),
    ...evidence,
    ...broken(`passes: ${passes}`),
  ].join('\n');
}

/** At spaces. */
function broken(text: string): readonly string[] {
  return text.match(new RegExp(`\\S.{0,${lineWidth - 1}}(?=\\s|$)`, 'g')) ?? [];
}
