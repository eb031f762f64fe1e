import type { Finding } from '../../check/finding.ts';
import { coloursOf, outcomePaint } from '../colours.ts';
import { labelled, labelWidth, type Page } from '../sections/page.ts';
import { wrap, wrapCommand } from '../wrap.ts';
import { countsText, outcomeOf } from './counts.ts';
import { inputsSection, setAsideSection, undecidedSection } from './inputs.ts';
import { printable } from './printable.ts';
import { findingLines, restLines } from './finding-text.ts';
import { grouped } from './grouped.ts';
import type { CheckReport } from './report.ts';

export interface CheckTextOptions {
  readonly colour: boolean;
  /** Also each input that is missing, and what was set aside. */
  readonly all: boolean;
}

/** Of one rule, one severity and one confidence, written whole: enough to see what varies. */
const wholeMax = 3;

/**
 * The report for people, as a compiler has it: position, rule, what is wrong, the numbers with
 * their origins, what would pass. 80 columns, worst first, counts last.
 */
export function printCheckText(written: CheckReport, options: CheckTextOptions): string {
  const report = printable(written);
  const page: Page = { colours: coloursOf(options.colour), all: options.all };
  const lines = [
    ...findingsSection(report, page),
    ...setAsideSection(report, page),
    ...undecidedSection(report, page),
    ...inputsSection(report, page),
    ...endLines(report, page),
  ];
  return `${lines.join('\n')}\n`;
}

/** A rule that finds the same at many places is read once, and not at each of them. */
function findingsSection(report: CheckReport, page: Page): readonly string[] {
  const explained = new Set<string>();
  const groups = grouped(report.assessment.findings, ({ severity, confidence, rule }) => {
    return `${severity} ${confidence} ${rule}`;
  });
  return [...groups.values()].flatMap((group) => {
    const wholes = page.all || !isLong(group) ? group : group.slice(0, wholeMax);
    const lines = wholes.flatMap((finding) => {
      const isFirst = !explained.has(finding.rule);
      explained.add(finding.rule);
      return [...findingLines(finding, report, page, isFirst), ''];
    });
    const rest = restLines(group.slice(wholes.length), report, page);
    return rest.length === 0 ? lines : [...lines, ...rest, ''];
  });
}

/** What was simulated is shown whole, for it differs; and so is what is critical. */
function isLong(group: readonly Finding[]): boolean {
  const isSpecial = group.some(
    (it) => it.severity === 'critical' || it.demonstration !== undefined,
  );
  return group.length > wholeMax + 1 && !isSpecial;
}

function endLines(report: CheckReport, page: Page): readonly string[] {
  const { colours } = page;
  const outcome = outcomeOf(report);
  const paint = outcomePaint(colours, outcome);
  const word = outcome.toUpperCase();
  const { policies } = report;
  return [
    ...wrap(`${word}  ${countsText(report)}`, 0).map((each, index) => {
      return index === 0 ? paint(word) + each.slice(word.length) : each;
    }),
    ...labelled(page, 'policies', policies === undefined ? [] : [policies.slice(0, 16)]),
    ...labelled(page, 'again', wrapCommand(`$ ${report.command}`, labelWidth)),
  ];
}
