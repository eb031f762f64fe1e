import type { Figures, Grade, Scorecard, TrialResult } from '../../judge/trials/scorecard.ts';
import { durationText, rateText, roughShareText, wholeText } from '../../judge/words.ts';
import { type Colours, coloursOf, outcomePaint } from '../colours.ts';
import { type Column, line, type Paint } from '../columns.ts';
import { countText, rateCell } from '../quantities.ts';
import { labelled, labelWidth, type Page } from '../sections/page.ts';
import { wrap, wrapCommand } from '../wrap.ts';

export interface ScorecardPage {
  readonly colour: boolean;
  /** Shows all of this again. */
  readonly command: string;
  /** The file with what was measured; undefined: none was written. */
  readonly written: string | undefined;
}

/** The scorecard for people: 80 columns, the verdict first. Ends with a line break. */
export function printScorecard(card: Scorecard, options: ScorecardPage): string {
  const colours = coloursOf(options.colour);
  const page: Page = { colours, all: true };
  const lines = [
    ...headline(card, colours),
    ...measured(card, page),
    ...trialLines(card, colours),
    ...ending(card, page, options),
  ];
  return `${lines.join('\n')}\n`;
}

const signs: Readonly<Record<Grade, string>> = {
  passed: '✓',
  failed: '✗',
  'not exercised': '?',
  'not run': '–',
  invalid: '?',
};

function headline({ target, outcome, trials, status }: Scorecard, colours: Colours): string[] {
  const counts = (['failed', 'passed', 'invalid', 'not exercised', 'not run'] as const).flatMap(
    (grade) => {
      const count = trials.filter((it) => it.grade === grade).length;
      return count === 0 ? [] : [`${count} ${grade}`];
    },
  );
  const paint = outcomePaint(colours, outcome);
  const words = {
    pass: 'PASSED',
    fail: 'FAILED',
    inconclusive: 'INCONCLUSIVE',
    invalid: 'INVALID',
  };
  const nothing =
    status === 'unanswered' ? 'no request was answered with success' : 'no trial was run';
  const text = counts.length === 0 ? nothing : counts.join(', ');
  const interrupted = status === 'interrupted' ? ' (interrupted)' : '';
  return [`${paint(words[outcome])}  ${colours.strong(target)}${interrupted}: ${text}`];
}

/** A page that is not there is answered quickly, which is easily taken for a fast target. */
function answersText(answers: Scorecard['answers']): readonly string[] {
  const others = Object.entries(answers).filter(([what]) => !/^[23]\d\d$/.test(what));
  return others.map(([what, count]) => `${what} (${wholeText(count)})`);
}

function measured(
  { knee, steps, calm, disturbed, answers, deadlineMs }: Scorecard,
  page: Page,
): readonly string[] {
  const others = answersText(answers);
  return [
    '',
    ...(knee === undefined
      ? []
      : labelled(page, 'knee', wrap(kneeText(knee, steps.length), labelWidth))),
    ...(calm === undefined
      ? []
      : labelled(page, 'calm', wrap(calmText(calm, disturbed), labelWidth))),
    ...(others.length === 0
      ? []
      : labelled(page, 'answers', wrap(`among them ${others.join(', ')}`, labelWidth))),
    ...labelled(page, 'deadline', [`${durationText(deadlineMs)} for an answer`]),
  ];
}

/** Where it stops to keep up, and how sure that is. */
function kneeText(knee: NonNullable<Scorecard['knee']>, steps: number): string {
  const from = `from ${countText(steps, 'step')}`;
  switch (knee.kind) {
    case 'found': {
      const between = `95 %: ${rateText(knee.low)} to ${rateText(knee.high)}`;
      const blunt = knee.settled ? '' : ', not sharper for noise';
      return `${rateText(knee.at)} (${between}${blunt}), ${from}`;
    }
    case 'above': {
      const why =
        knee.because === 'limit' ? 'the limit that was set' : 'the most the generator could send';
      return `above ${rateText(knee.than)}, ${why}; ${from}`;
    }
    case 'below':
      return `below ${rateText(knee.than)}, the first step; ${from}`;
    case 'unknown':
      return 'unknown: the generator was late at the first step already';
  }
}

function calmText(
  { offeredPerSecond, successShare, p50Ms, p99Ms }: Figures,
  disturbed: boolean,
): string {
  const success = `${roughShareText(successShare)} succeeded`;
  const times = Number.isNaN(p50Ms)
    ? ''
    : `, half within ${durationText(p50Ms)}, p99 ${durationText(p99Ms)}`;
  // What answers nothing can be disturbed by nothing.
  const but =
    disturbed && successShare > 0
      ? '; but something else went on, each time that it was measured'
      : '';
  return `at ${rateText(offeredPerSecond)} ${success}${times}${but}`;
}

const columns: readonly Column[] = [
  { width: 22, align: 'left' },
  { width: 10, align: 'right' },
  { width: 10, align: 'right' },
  { width: 11, align: 'right' },
  { width: 12, align: 'right' },
  { width: 15, align: 'right' },
];

const heads = ['goodput', 'success', 'p99', 'back after', ''];

function trialLines({ trials }: Scorecard, colours: Colours): readonly string[] {
  const subjects = [...new Set(trials.map((it) => it.on))];
  return subjects.flatMap((on) => {
    const head = [
      { text: on, paint: colours.strong },
      ...heads.map((text) => ({ text, paint: colours.quiet })),
    ];
    const results = trials.filter((it) => it.on === on);
    const done = results.filter((it) => it.grade !== 'not run');
    const rows = done.flatMap((it) => trialRow(it, colours));
    return ['', line(head, columns), ...rows, ...notRunLines(results, colours)];
  });
}

/** Those that could not be done, together where the reason is the same. */
function notRunLines(results: readonly TrialResult[], { quiet }: Colours): readonly string[] {
  const notRun = results.filter((it) => it.grade === 'not run');
  const reasons = [...new Set(notRun.map((it) => it.because!))];
  return reasons.flatMap((because) => {
    const names = notRun.filter((it) => it.because === because).map(({ name }) => name);
    const [first = '', ...more] = wrap(`not run: ${names.join(', ')}`, 2);
    return [`${signs['not run']} ${first}`, ...more.map((it) => `  ${it}`)]
      .concat(wrap(because, 4).map((it) => `    ${it}`))
      .map(quiet);
  });
}

function trialRow(result: TrialResult, colours: Colours): readonly string[] {
  const { name, grade, during, recoveryMs, because, what } = result;
  const paint = gradePaint(grade, colours);
  const cells = [
    { text: `${signs[grade]} ${name}`, paint },
    ...(during === undefined ? ['', '', ''] : figureCells(during)),
    during === undefined || recoveryMs === undefined ? '' : durationText(recoveryMs),
    { text: grade, paint },
  ];
  const texts = because === undefined ? [what] : [what, because];
  const notes = texts.flatMap((text, index) =>
    wrap(text, 4).map((each) => `    ${index === 0 ? colours.quiet(each) : paint(each)}`),
  );
  return [line(cells, columns), ...notes];
}

function figureCells({ goodputPerSecond, successShare, p99Ms }: Figures): readonly string[] {
  return [
    rateCell(goodputPerSecond),
    Number.isNaN(successShare) ? '–' : roughShareText(successShare),
    Number.isNaN(p99Ms) ? '–' : durationText(p99Ms),
  ];
}

function gradePaint(grade: Grade, { good, bad, unsure, quiet }: Colours): Paint {
  switch (grade) {
    case 'passed':
      return good;
    case 'failed':
      return bad;
    case 'not exercised':
    case 'invalid':
      return unsure;
    case 'not run':
      return quiet;
  }
}

function ending(
  { seed }: Scorecard,
  page: Page,
  { command, written }: ScorecardPage,
): readonly string[] {
  const file = written === 'seaworthy.yaml' ? '' : ` ${written}`;
  return [
    '',
    ...(written === undefined
      ? []
      : [
          ...labelled(page, 'measured', [`in ${written}; go on with`]),
          ...labelled(page, '', [`$ seaworthy simulate${file}`, `$ seaworthy limits${file}`]),
        ]),
    ...labelled(page, 'seed', [`${seed}`]),
    ...labelled(page, 'again', wrapCommand(`$ ${command}`, labelWidth)),
  ];
}
