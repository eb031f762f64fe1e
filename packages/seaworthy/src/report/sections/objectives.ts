import type { ObjectiveResult } from '../../judge/verdict.ts';
import { momentText } from '../../judge/words.ts';
import { outcomePaint, outcomeSign } from '../colours.ts';
import type { Column } from '../columns.ts';
import { namedRow } from '../columns.ts';
import { marginText } from '../quantities.ts';
import type { Trial } from '../trial.ts';
import { widthOf } from '../width.ts';
import { wrap } from '../wrap.ts';
import { type Page, section } from './page.ts';

const rangeWidth = 19;

const columns: readonly Column[] = [
  { width: 33, align: 'left' },
  { width: 11, align: 'right' },
  { width: rangeWidth, align: 'right' },
  { width: 17, align: 'right' },
];

/**
 * Each objective as written, what was observed, the range over the replications, and the margin.
 */
export function objectives(trial: Trial, page: Page): readonly string[] {
  const rows = trial.verdict.objectives.map((result) => objectiveRows(result, trial, page));
  const heading = ['OBJECTIVES', 'observed', 'replications', 'margin'];
  return section(page, heading, columns, rows);
}

function objectiveRows(result: ObjectiveResult, trial: Trial, page: Page): readonly string[] {
  const { quiet } = page.colours;
  const paint = outcomePaint(page.colours, result.outcome);
  const margin = result.margin === undefined ? '' : marginText(result.margin);
  const cells = [
    { text: `${outcomeSign[result.outcome]} ${result.text}`, paint },
    result.observed,
    { text: isWide(result) ? '' : (result.observedRange ?? ''), paint: quiet },
    { text: margin, paint },
  ];
  const remark = remarkOf(result, trial);
  const rows = namedRow(cells, columns);
  if (remark === '') return rows;
  return [...rows, ...wrap(remark, 2).map((text) => `  ${quiet(text)}`)];
}

/** The range does not fit into its column: it stands below. */
function isWide({ observedRange }: ObjectiveResult): boolean {
  return widthOf(observedRange ?? '') > rangeWidth - 1;
}

function remarkOf(result: ObjectiveResult, trial: Trial): string {
  const parts: string[] = isWide(result) ? [`${result.observedRange} over the replications`] : [];
  if (result.firstViolationMs !== undefined) {
    parts.push(`first broken at ${momentText(result.firstViolationMs)}`);
  }
  const { replications } = trial.verdict;
  if (result.failedReplications > 0 && replications > 1) {
    parts.push(`in ${result.failedReplications} of ${replications} replications`);
  }
  if (result.note !== undefined) parts.push(result.note);
  return parts.join(', ');
}
