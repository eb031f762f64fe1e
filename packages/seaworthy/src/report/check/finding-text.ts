import { fails } from '../../check/assessment.ts';
import { evidenceText } from '../../check/evidence.ts';
import type { Finding } from '../../check/finding.ts';
import type { Severity } from '../../check/severity.ts';
import { originText, placeText } from '../../model/import/landscape/origin-text.ts';
import type { Colours } from '../colours.ts';
import type { Paint } from '../columns.ts';
import { labelled, labelWidth, type Page } from '../sections/page.ts';
import { pageWidth, widthOf } from '../width.ts';
import { wrap, wrapCommand } from '../wrap.ts';
import { demonstrationText } from './demonstration.ts';
import type { CheckReport } from './report.ts';

const indent = 2;
const margin = ' '.repeat(indent);

/** Of the rest of a rule; of more, only how many there are. */
const namedMax = 10;

/**
 * Position and rule, what is wrong, the numbers with their origins, what would pass.
 *
 * @param isFirst of its rule: the others need not be told why
 */
export function findingLines(
  finding: Finding,
  { rules, failOn }: CheckReport,
  page: Page,
  isFirst: boolean,
): readonly string[] {
  const { colours } = page;
  const rule = rules.find(({ id }) => id === finding.rule);
  const paint = paintOf(finding.severity, fails(finding, failOn), colours);
  const place = finding.at === undefined ? '' : `${placeText(finding.at)}  `;
  const title = titleOf(finding, rule?.name);
  const head =
    widthOf(place + title) <= pageWidth
      ? [colours.quiet(place) + paint(title)]
      : [colours.quiet(place.trimEnd()), ...titleLines(title).map(paint)];
  const why = isFirst && rule !== undefined ? wrap(sentence(rule.why), indent) : [];
  return [
    ...head,
    ...indented(wrap(`${finding.subject}: ${finding.what}`, indent)),
    ...indented(why.map((each) => colours.quiet(each))),
    ...indented(numberLines(finding, page)),
    ...indented(labelled(page, 'passes', wrap(finding.passes, indent + labelWidth))),
    ...indented(demonstrationLines(finding, page)),
    ...indented(isFirst ? labelled(page, 'more', [`seaworthy explain ${finding.rule}`]) : []),
  ];
}

/** The rest of many of one rule, a line each: who and where. */
export function restLines(
  findings: readonly Finding[],
  { rules, failOn }: CheckReport,
  page: Page,
): readonly string[] {
  const [first] = findings;
  if (first === undefined) return [];
  const { colours } = page;
  const paint = paintOf(first.severity, fails(first, failOn), colours);
  const name = rules.find(({ id }) => id === first.rule)?.name;
  const named = findings.slice(0, namedMax).flatMap(whoLines);
  const unnamed = findings.length - namedMax;
  const others = unnamed > 0 ? [`and ${unnamed} more`] : [];
  return [
    ...titleLines(`${titleOf(first, name)}: ${findings.length} more, whole with --all`).map(paint),
    ...indented([...named, ...others]),
  ];
}

function whoLines({ subject, at }: Finding): readonly string[] {
  const place = at === undefined ? '' : placeText(at);
  const both = [place, subject].filter((it) => it !== '').join('  ');
  const fits = indent + widthOf(both) <= pageWidth;
  return fits ? [both] : [place, ...wrap(subject, indent * 2).map((each) => margin + each)];
}

function titleOf({ severity, confidence, demonstration, rule }: Finding, name = ''): string {
  const evidence = demonstration?.shown === true ? ', demonstrated' : '';
  const sure = (confidence === 'declared' ? '' : `, ${confidence}`) + evidence;
  return `${severity}${sure}  ${rule} ${name}`.trimEnd();
}

function demonstrationLines({ demonstration }: Finding, page: Page): readonly string[] {
  if (demonstration === undefined) return [];
  const inner = indent + labelWidth;
  return [
    ...labelled(page, 'simulated', wrap(demonstrationText(demonstration), inner)),
    ...labelled(page, 'again', wrapCommand(`$ ${demonstration.command}`, inner)),
  ];
}

/** A title with the lines below it further in. */
function titleLines(title: string): readonly string[] {
  const [first = '', ...others] = wrap(title, indent * 2);
  return [first, ...others.map((each) => margin + margin + each)];
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((each) => margin + each);
}

/** A name that is longer pushes its value to the right, and does not widen the column for all. */
const nameWidthMax = 44;
const valueWidthMax = 12;
/** Scripts of a page are values, too: two lines show which one it is. */
const valueLengthMax = 140;
const gap = '  ';

/** Name, value, and where it comes from, which has a line of its own where there is no room. */
function numberLines({ numbers }: Finding, { colours, all }: Page): readonly string[] {
  const rows = numbers.map((each) => {
    const value = evidenceText(each);
    const isCut = !all && value.length > valueLengthMax;
    return {
      name: each.name,
      value: isCut ? `${value.slice(0, valueLengthMax)}…` : value,
      origin: originText(each.origin),
    };
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

/** Rules are written as parts of sentences. */
function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return begun.endsWith('.') ? begun : `${begun}.`;
}
