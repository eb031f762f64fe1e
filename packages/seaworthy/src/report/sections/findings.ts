import type { Finding, Verdict } from '../../judge/verdict.ts';
import { momentText } from '../../judge/words.ts';
import type { Trial } from '../trial.ts';
import { wrap, wrapCommand } from '../wrap.ts';
import { changeLines } from './changes.ts';
import { labelled, labelWidth, type Page } from './page.ts';

const indent = 3;
const margin = ' '.repeat(indent);

/** Of more, only the titles: the numbers below would be out of sight. */
const shownInFull = 3;

/**
 * Ranked, worst first: what happened, its numbers, what keeps it going, what to change, and how to
 * see it again.
 */
export function findings(trial: Trial, page: Page): readonly string[] {
  const { verdict } = trial;
  if (verdict.findings.length === 0) return [];
  const full = page.all ? verdict.findings.length : shownInFull;
  const blocks = verdict.findings.map((finding, index) => [
    ...(index > 0 && index <= full ? [''] : []),
    ...title(finding, index + 1, page),
    ...(index < full ? details(finding, index, verdict, page) : []),
  ]);
  const more =
    verdict.findings.length > full ? [margin + page.colours.quiet('in full with --all')] : [];
  return ['', page.colours.strong('FINDINGS'), ...blocks.flat(), ...more];
}

function title(finding: Finding, rank: number, page: Page): readonly string[] {
  const paint = finding.severity === 'medium' ? page.colours.unsure : page.colours.bad;
  const number = `${rank}`.padEnd(indent);
  const [first = '', ...rest] = wrap(finding.title, indent);
  return [paint(number + first), ...rest.map((text) => margin + paint(text))];
}

function details(
  finding: Finding,
  index: number,
  { findings: all, replications }: Verdict,
  page: Page,
): readonly string[] {
  const span = `${momentText(finding.fromMs)} to ${momentText(finding.toMs)}`;
  const seen = replications > 1 ? `, in ${finding.seenIn} of ${replications} replications` : '';
  const { sustainingEffect } = finding;
  const inner = indent + labelWidth;
  const lines = [
    ...wrap(`${finding.severity}, ${finding.evidence}, ${span}${seen}`, indent).map(
      page.colours.quiet,
    ),
    ...wrap(finding.numbers.join('; '), indent),
    ...labelled(
      page,
      'sustained',
      sustainingEffect === undefined ? [] : wrap(sustainingEffect, inner),
    ),
    ...labelled(page, 'order', stepLines(finding, page)),
    ...changeLines(finding, all.slice(0, index), page),
    ...labelled(page, 'again', wrapCommand(`$ ${finding.command}`, inner)),
  ];
  return lines.map((text) => margin + text);
}

/** What happened one after the other. */
function stepLines({ steps }: Finding, page: Page): readonly string[] {
  const moments = steps.map((step) => momentText(step.atMs));
  const width = Math.max(0, ...moments.map((moment) => moment.length));
  return steps.flatMap((step, index) => {
    const lines = wrap(step.text, indent + labelWidth + width + 2);
    return lines.map((text, row) => {
      const moment = row === 0 ? (moments[index] ?? '') : '';
      return `${page.colours.quiet(moment.padStart(width))}  ${text}`;
    });
  });
}
