import type { NotUnderstood, ReadFile } from '../../model/import/landscape.ts';
import { placeText } from '../../model/import/landscape/origin-text.ts';
import { labelled, labelWidth, type Page } from '../sections/page.ts';
import { wrap } from '../wrap.ts';
import { grouped } from './grouped.ts';
import type { CheckReport } from './report.ts';

const margin = '  ';

/** Named without being asked for; of more, only how many there are. */
const namedMax = 5;

/** What most folders have something of; docs/import.md has all. */
const known = 'no compose file, manifest, package.json, code, trace or seaworthy.yaml';

/** What somebody has decided to live with, and until when. */
export function setAsideSection({ assessment }: CheckReport, page: Page): readonly string[] {
  const { setAside, notes } = assessment;
  const entries = setAside.map(({ finding, reason, until }) => {
    return `${finding.id}: ${reason === undefined ? 'in the baseline' : `${reason}, until ${until}`}`;
  });
  const lines = [...notes, ...(page.all ? entries : [])].flatMap(hanging);
  return lines.length === 0 ? [] : [page.colours.strong('SET ASIDE'), ...lines, ''];
}

/** What the rules would have to know. */
export function undecidedSection({ undecided }: CheckReport, page: Page): readonly string[] {
  if (undecided.length === 0) return [];
  const byInput = grouped(undecided, ({ input }) => input);
  const entries = [...byInput].map(([input, lacks]) => {
    const rules = [...new Set(lacks.map(({ rule }) => rule))].join(', ');
    return `${rules} without ${input}`;
  });
  return [
    page.colours.strong('NOT DECIDED'),
    ...some(entries, page, 'with --all').flatMap(hanging),
    '',
  ];
}

/** What was read as what, and what was not understood. */
export function inputsSection(report: CheckReport, page: Page): readonly string[] {
  const { read, notUnderstood } = report;
  const lines = labelled(page, 'read', wrap(readText(read), labelWidth));
  // What is broken is among the findings.
  const remarks = notUnderstood.filter(({ isBroken }) => isBroken !== true);
  if (remarks.length === 0) return [...lines, ''];
  return [
    page.colours.strong('NOT UNDERSTOOD'),
    ...some(remarks.map(problemText), page, 'with --all').flatMap(hanging),
    '',
    ...lines,
    '',
  ];
}

function readText(read: readonly ReadFile[]): string {
  if (read.length === 0) return `nothing that is known here: ${known}`;
  const kinds = grouped(read, ({ as }) => as);
  return [...kinds].map(([as, files]) => `${files.length} ${as}`).join(', ');
}

function problemText(problem: NotUnderstood): string {
  return `${placeText(problem)}  ${problem.why}`;
}

function some(entries: readonly string[], page: Page, how: string): readonly string[] {
  if (page.all || entries.length <= namedMax) return entries;
  return [...entries.slice(0, namedMax), `and ${entries.length - namedMax} more ${how}`];
}

function hanging(text: string): readonly string[] {
  return wrap(text, margin.length * 2).map(
    (each, index) => margin.repeat(index === 0 ? 1 : 2) + each,
  );
}
