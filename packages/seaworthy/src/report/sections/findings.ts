import type { Change, Finding } from '../../judge/verdict.ts';
import { momentText } from '../../judge/words.ts';
import type { Trial } from '../trial.ts';
import { wrap, wrapCommand } from '../wrap.ts';
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
    ...(index < full ? details(finding, verdict.replications, page) : []),
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

function details(finding: Finding, replications: number, page: Page): readonly string[] {
  const span = `${momentText(finding.fromMs)} to ${momentText(finding.toMs)}`;
  const seen = replications > 1 ? `, in ${finding.seenIn} of ${replications} replications` : '';
  const { sustainingEffect } = finding;
  const [change] = finding.changes;
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
    ...labelled(page, 'change', change === undefined ? [] : changeLines(change, page)),
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

/** The change as a difference of the file, and why it would help. */
function changeLines(change: Change, page: Page): readonly string[] {
  const { good, bad } = page.colours;
  const lines = change.difference.map((line) => {
    const text = `${line.charAt(0)} ${line.slice(1)}`;
    if (line.startsWith('+')) return good(text);
    return line.startsWith('-') ? bad(text) : text;
  });
  return [...lines, ...wrap(change.why, indent + labelWidth)];
}
