import { evidenceText } from '../../check/evidence.ts';
import type { Finding } from '../../check/finding.ts';
import type { Severity } from '../../check/severity.ts';
import type { CheckReport } from './report.ts';
import { countsText } from './counts.ts';
import { originText } from '../../model/import/landscape/origin-text.ts';

/**
 * The findings as commands to the runner of GitHub Actions, which shows them at the lines of a pull
 * request; the last line is for people.
 *
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function printGitHub(report: CheckReport): string {
  const commands = report.assessment.findings.map((finding) => command(finding, report));
  return `${[...commands, countsText(report)].join('\n')}\n`;
}

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
  info: 'notice',
};

function command(finding: Finding, { rules }: CheckReport): string {
  const { at, rule } = finding;
  const name = rules.find(({ id }) => id === rule)?.name ?? '';
  const place =
    at === undefined ? [] : [`file=${property(at.file)}`, `line=${at.line}`, `col=${at.column}`];
  const properties = [...place, `title=${property(`${rule} ${name}`)}`];
  return `::${levels[finding.severity]} ${properties.join(',')}::${data(messageText(finding))}`;
}

function messageText({ subject, what, numbers, passes }: Finding): string {
  const evidence = numbers.map((each) => {
    return `${each.name}: ${evidenceText(each)} (${originText(each.origin)})`;
  });
  return [`${subject}: ${what}`, ...evidence, `Passes with ${passes}.`].join('\n');
}

/** The runner reads these characters as the end of a command. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** And these as the end of a property. */
function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
