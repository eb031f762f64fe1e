import { fails, type SetAside } from '../../check/assessment.ts';
import { evidenceText } from '../../check/evidence.ts';
import type { Finding, Lack } from '../../check/finding.ts';
import type { RuleText } from '../../check/rule.ts';
import type { CheckReport } from './report.ts';
import { originText, placeText } from '../../model/import/landscape/origin-text.ts';
import { attributesText, escapeXml } from './xml.ts';

/**
 * The report as JUnit XML, in the form that build servers read: a test case for each finding, and
 * one that passes for each rule that found nothing. What does not fail the check passes with its
 * text as output; what was set aside or could not be decided is skipped.
 *
 * @see https://github.com/jenkinsci/xunit-plugin
 */
export function printJUnit(report: CheckReport): string {
  const cases = [
    ...report.assessment.findings.map((finding) => findingCase(finding, report)),
    ...report.assessment.setAside.map((aside) => setAsideCase(aside, report)),
    ...report.undecided.map((lack) => lackCase(lack, report)),
    ...report.rules.filter((rule) => isQuiet(rule, report)).map(quietCase),
  ];
  const count = (kind: Case['kind']): number => cases.filter((each) => each.kind === kind).length;
  const totals = { tests: cases.length, failures: count('failure'), errors: 0 };
  const suite = { name: 'seaworthy check', ...totals, skipped: count('skipped') };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributesText({ name: 'seaworthy', ...totals })}>`,
    `  <testsuite${attributesText(suite)}>`,
    ...cases.map(caseText),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

interface Case {
  readonly kind: 'failure' | 'skipped' | 'passed';
  readonly rule: string;
  readonly name: string;
  readonly message: string;
  readonly text: string;
}

function findingCase(finding: Finding, report: CheckReport): Case {
  return {
    kind: fails(finding, report.failOn) ? 'failure' : 'passed',
    rule: ruleText(finding.rule, report),
    name: nameOf(finding),
    message: finding.what,
    text: detailText(finding),
  };
}

function setAsideCase({ finding, by, reason, until }: SetAside, report: CheckReport): Case {
  const why = by === 'baseline' ? 'in the baseline' : `ignored until ${until}: ${reason}`;
  return { ...findingCase(finding, report), kind: 'skipped', message: why };
}

function lackCase({ rule, subject, input }: Lack & { rule: string }, report: CheckReport): Case {
  const message = `cannot be decided without ${input}`;
  return { kind: 'skipped', rule: ruleText(rule, report), name: subject, message, text: '' };
}

function quietCase({ id, name }: RuleText): Case {
  const message = '';
  return { kind: 'passed', rule: `${id} ${name}`, name: 'nothing found', message, text: '' };
}

function isQuiet({ id }: RuleText, { assessment, undecided }: CheckReport): boolean {
  const findings = [...assessment.findings, ...assessment.setAside.map((it) => it.finding)];
  return ![...findings, ...undecided].some(({ rule }) => rule === id);
}

/** The name without the rule, which is the class. */
function nameOf({ id, rule }: Finding): string {
  return id.slice(rule.length + 1);
}

function ruleText(id: string, { rules }: CheckReport): string {
  return `${id} ${rules.find((rule) => rule.id === id)?.name ?? ''}`.trimEnd();
}

function detailText({ severity, what, numbers, passes, at }: Finding): string {
  return [
    ...(at === undefined ? [] : [placeText(at)]),
    `${severity}: ${what}`,
    ...numbers.map((each) => `${each.name}: ${evidenceText(each)} (${originText(each.origin)})`),
    `passes with ${passes}`,
  ].join('\n');
}

function caseText({ kind, rule, name, message, text }: Case): string {
  const opening = `    <testcase${attributesText({ classname: rule, name, time: 0 })}`;
  if (kind === 'passed' && text === '') return `${opening}/>`;
  const inner =
    kind === 'passed'
      ? `<system-out>${escapeXml(text)}</system-out>`
      : `<${kind}${attributesText({ message })}>${escapeXml(text)}</${kind}>`;
  return `${opening}>\n      ${inner}\n    </testcase>`;
}
