import { coloursOf, outcomePaint, outcomeSign } from './colours.ts';
import { type Column, namedRow } from './columns.ts';
import { countText } from './quantities.ts';
import { section } from './sections/page.ts';
import type { Trial } from './trial.ts';
import { wrap } from './wrap.ts';

const columns: readonly Column[] = [
  { width: 40, align: 'left' },
  { width: 16, align: 'right' },
  { width: 16, align: 'right' },
];

/**
 * One row a scenario. Ends with a line break.
 *
 * @param title the file, where there are several
 */
export function printSummary(
  trials: readonly Trial[],
  colour: boolean,
  title: string = 'SUMMARY',
): string {
  const colours = coloursOf(colour);
  const rows = trials.map(({ run, verdict }) => {
    const held = verdict.objectives.filter((objective) => objective.outcome === 'pass').length;
    const cells = [
      {
        text: `${outcomeSign[verdict.outcome]} ${run.header.scenario}`,
        paint: outcomePaint(colours, verdict.outcome),
      },
      verdict.objectives.length === 0
        ? 'no objectives'
        : `${held} of ${verdict.objectives.length} held`,
      verdict.findings.length === 0 ? 'no findings' : countText(verdict.findings.length, 'finding'),
    ];
    const sentence = wrap(verdict.sentence, 2).map((text) => `  ${colours.quiet(text)}`);
    return [...namedRow(cells, columns), ...sentence];
  });
  return `${section({ colours, all: true }, [title], columns, rows).join('\n')}\n`;
}
