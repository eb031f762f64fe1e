import type { Log, Location, Notification, ReportingDescriptor, Result } from 'sarif';

import type { SetAside } from '../../check/assessment.ts';
import { evidenceText } from '../../check/evidence.ts';
import type { Finding } from '../../check/finding.ts';
import type { RuleText } from '../../check/rule.ts';
import type { Severity } from '../../check/severity.ts';
import type { FileOrigin, NotUnderstood } from '../../model/import/landscape.ts';
import type { CheckReport } from './report.ts';
import { originText } from '../../model/import/landscape/origin-text.ts';

/**
 * The report in the Static Analysis Results Interchange Format, as code scanning reads it. What was
 * set aside is there too, as suppressed.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function printSarif(report: CheckReport): string {
  const { assessment, rules } = report;
  const indices = new Map(rules.map(({ id }, index) => [id, index]));
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'seaworthy',
            semanticVersion: report.version,
            rules: rules.map(descriptor),
          },
        },
        invocations: [
          {
            commandLine: report.command,
            executionSuccessful: true,
            toolExecutionNotifications: report.notUnderstood.map(notification),
          },
        ],
        // Columns count as JavaScript counts them.
        columnKind: 'utf16CodeUnits',
        results: [
          ...assessment.findings.map((finding) => result(finding, indices)),
          ...assessment.setAside.map((aside) => suppressed(aside, indices)),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

function descriptor(rule: RuleText): ReportingDescriptor {
  const help = [rule.why, `Finds: ${rule.formula}`, `Remedy: ${rule.remedy}`, ...rule.sources];
  return {
    id: rule.id,
    name: pascalCase(rule.name),
    shortDescription: { text: sentence(rule.name) },
    fullDescription: { text: rule.why },
    help: { text: help.join('\n\n') },
    defaultConfiguration: { level: levels[rule.severity] },
    properties: { tags: ['reliability'], severity: rule.severity },
  };
}

function result(finding: Finding, indices: ReadonlyMap<string, number>): Result {
  const { at } = finding;
  return {
    ruleId: finding.rule,
    ruleIndex: indices.get(finding.rule) ?? -1,
    level: levels[finding.severity],
    message: { text: messageText(finding) },
    ...(at === undefined ? {} : { locations: [location(at)] }),
    relatedLocations: finding.numbers.flatMap(({ origin, ...number }, index) => {
      if (origin.kind !== 'file') return [];
      const text = `${number.name}: ${evidenceText(number)}`;
      return [{ id: index + 1, ...location(origin), message: { text } }];
    }),
    partialFingerprints: { 'seaworthy/v1': finding.id },
    properties: {
      severity: finding.severity,
      confidence: finding.confidence,
      subject: finding.subject,
    },
  };
}

function suppressed(aside: SetAside, indices: ReadonlyMap<string, number>): Result {
  const { finding, by, reason, until } = aside;
  const kept = until === undefined ? '' : ` (until ${until})`;
  const justification = by === 'baseline' ? 'in the baseline' : `${reason ?? ''}${kept}`;
  return {
    ...result(finding, indices),
    suppressions: [{ kind: 'external', status: 'accepted', justification }],
  };
}

function messageText({ subject, what, numbers, passes }: Finding): string {
  const evidence = numbers.map((each) => {
    return `- ${each.name}: ${evidenceText(each)} (${originText(each.origin)})`;
  });
  return [`${subject}: ${what}`, ...evidence, `Passes with ${passes}.`].join('\n');
}

function location({ file, line, column }: FileOrigin): Location {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file), uriBaseId: '%SRCROOT%' },
      region: { startLine: line, startColumn: column },
    },
  };
}

function notification({ file, line, column, why, isBroken }: NotUnderstood): Notification {
  return {
    level: isBroken === true ? 'error' : 'note',
    message: { text: `not understood: ${why}` },
    locations: [location({ kind: 'file', file, line, column })],
  };
}

/** A path as a relative reference: what has a meaning in addresses is written as its code. */
function uriOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function pascalCase(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
