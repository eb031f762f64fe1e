import { fails } from '../../check/assessment.ts';
import type { Finding } from '../../check/finding.ts';
import { outcomeOf } from './counts.ts';
import type { CheckReport } from './report.ts';
import { placeText } from '../../model/import/landscape/origin-text.ts';

/**
 * The report for programs. `schema` counts up when a key changes its meaning or goes away. Every
 * key is always there, in this order; what is not known is null, and what has no end is
 * `"unlimited"`.
 */
export function printCheckJson(report: CheckReport): string {
  const { assessment, failOn } = report;
  const document = {
    schema: 1,
    outcome: outcomeOf(report),
    checked: report.checked,
    environment: report.environment,
    against: report.against,
    failOn,
    policies: report.policies,
    command: report.command,
    findings: assessment.findings.map((finding) => findingJson(finding, report)),
    setAside: assessment.setAside.map(({ finding, by, reason, until }) => ({
      by,
      reason,
      until,
      finding: findingJson(finding, report),
    })),
    notes: assessment.notes,
    undecided: report.undecided.map(({ rule, subject, input }) => ({ rule, subject, input })),
    read: report.read.map(({ file, as }) => ({ file, as })),
    notUnderstood: report.notUnderstood.map(({ file, line, column, why }) => {
      return { file, line, column, why };
    }),
  };
  return `${JSON.stringify(document, plain, 2)}\n`;
}

function findingJson(finding: Finding, { rules, failOn }: CheckReport) {
  const { at } = finding;
  return {
    id: finding.id,
    rule: finding.rule,
    name: rules.find(({ id }) => id === finding.rule)?.name,
    severity: finding.severity,
    confidence: finding.confidence,
    evidence: finding.demonstration?.shown === true ? 'demonstrated' : 'suspected',
    fails: fails(finding, failOn),
    subject: finding.subject,
    what: finding.what,
    passes: finding.passes,
    proposed: finding.proposed,
    demonstration: finding.demonstration,
    place: at && placeText(at),
    at: at && { file: at.file, line: at.line, column: at.column },
    numbers: finding.numbers.map(({ name, value, unit, origin }) => ({
      name,
      value,
      unit,
      origin,
    })),
  };
}

/** For JSON.stringify, which leaves out what is undefined, and makes null of what is endless. */
function plain(_key: string, value: unknown): unknown {
  if (value === undefined) return null;
  return value === Infinity ? 'unlimited' : value;
}
