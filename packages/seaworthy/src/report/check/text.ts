import { fails } from '../../check/assessment.ts';
import { evidenceText } from '../../check/evidence.ts';
import type { Finding } from '../../check/finding.ts';
import type { Severity } from '../../check/severity.ts';
import { type Colours, coloursOf, outcomePaint } from '../colours.ts';
import type { Paint } from '../columns.ts';
import { labelled, labelWidth, type Page } from '../sections/page.ts';
import { pageWidth, widthOf } from '../width.ts';
import { wrap, wrapCommand } from '../wrap.ts';
import { demonstrationText } from './demonstration.ts';
import { countsText, outcomeOf } from './counts.ts';
import { inputsSection, setAsideSection, undecidedSection } from './inputs.ts';
import { printable } from './printable.ts';
import type { CheckReport } from './report.ts';
import { originText } from '../../model/import/landscape/origin-text.ts';
import { placeText } from './words.ts';

export interface CheckTextOptions {
  readonly colour: boolean;
  /** Also each input that is missing, and what was set aside. */
  readonly all: boolean;
}

const indent = 2;
const margin = ' '.repeat(indent);

/**
 * The report for people, as a compiler has it: position, rule, what is wrong, the numbers with
 * their origins, what would pass. 80 columns, worst first, counts last.
 */
export function printCheckText(written: CheckReport, options: CheckTextOptions): string {
  const report = printable(written);
  const page: Page = { colours: coloursOf(options.colour), all: options.all };
  const explained = new Set<string>();
  const lines = [
    ...report.assessment.findings.flatMap((finding) => {
      const isFirst = !explained.has(finding.rule);
      explained.add(finding.rule);
      return [...findingLines(finding, report, page, isFirst), ''];
    }),
    ...setAsideSection(report, page),
    ...undecidedSection(report, page),
    ...inputsSection(report, page),
    ...endLines(report, page),
  ];
  return `${lines.join('\n')}\n`;
}

/** @param isFirst of its rule: the others need not be told why */
function findingLines(
  finding: Finding,
  { rules, failOn }: CheckReport,
  page: Page,
  isFirst: boolean,
): readonly string[] {
  const { colours } = page;
  const rule = rules.find(({ id }) => id === finding.rule);
  const paint = paintOf(finding.severity, fails(finding, failOn), colours);
  const evidence = finding.demonstration?.shown === true ? ', demonstrated' : '';
  const sure = (finding.confidence === 'declared' ? '' : `, ${finding.confidence}`) + evidence;
  const place = finding.at === undefined ? '' : `${placeText(finding.at)}  `;
  const title = `${finding.severity}${sure}  ${finding.rule} ${rule?.name ?? ''}`.trimEnd();
  const head =
    widthOf(place + title) <= pageWidth
      ? [colours.quiet(place) + paint(title)]
      : [colours.quiet(place.trimEnd()), paint(title)];
  const why = isFirst && rule !== undefined ? wrap(sentence(rule.why), indent) : [];
  return [
    ...head,
    ...indented(wrap(`${finding.subject}: ${finding.what}`, indent)),
    ...indented(why.map((each) => colours.quiet(each))),
    ...indented(numberLines(finding, colours)),
    ...indented(labelled(page, 'passes', wrap(finding.passes, indent + labelWidth))),
    ...indented(demonstrationLines(finding, page)),
    ...indented(isFirst ? labelled(page, 'more', [`seaworthy explain ${finding.rule}`]) : []),
  ];
}

function demonstrationLines({ demonstration }: Finding, page: Page): readonly string[] {
  if (demonstration === undefined) return [];
  const inner = indent + labelWidth;
  return [
    ...labelled(page, 'simulated', wrap(demonstrationText(demonstration), inner)),
    ...labelled(page, 'again', wrapCommand(`$ ${demonstration.command}`, inner)),
  ];
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((each) => margin + each);
}

/** A name that is longer pushes its value to the right, and does not widen the column for all. */
const nameWidthMax = 44;
const valueWidthMax = 12;
const gap = '  ';

/** Name, value, and where it comes from, which has a line of its own where there is no room. */
function numberLines({ numbers }: Finding, colours: Colours): readonly string[] {
  const rows = numbers.map((each) => {
    return { name: each.name, value: evidenceText(each), origin: originText(each.origin) };
  });
  const nameWidth = widest(
    rows.map(({ name }) => name),
    nameWidthMax,
  );
  const valueWidth = widest(
    rows.map(({ value }) => value),
    valueWidthMax,
  );
  return rows.flatMap(({ name, value, origin }) => {
    const first = name.padEnd(nameWidth) + gap + value.padEnd(valueWidth);
    const fits = indent + widthOf(first + gap + origin) <= pageWidth;
    if (fits) return [first + gap + colours.quiet(origin)];
    const rest = wrap(origin, indent + margin.length).map((each) => margin + colours.quiet(each));
    return [...wrap(first.trimEnd(), indent), ...rest];
  });
}

/** The widest of the texts that is not wider than `most`. */
function widest(texts: readonly string[], most: number): number {
  return Math.max(0, ...texts.map(widthOf).filter((width) => width <= most));
}

function paintOf(severity: Severity, isFatal: boolean, colours: Colours): Paint {
  if (isFatal) return colours.bad;
  return severity === 'info' || severity === 'low' ? colours.strong : colours.unsure;
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

/** Rules are written as parts of sentences. */
function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return begun.endsWith('.') ? begun : `${begun}.`;
}
