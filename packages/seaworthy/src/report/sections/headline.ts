import { invalidReasons } from '../../judge/invalid.ts';
import { lengthText, momentText } from '../../judge/words.ts';
import { outcomePaint } from '../colours.ts';
import type { Trial } from '../trial.ts';
import { wrap } from '../wrap.ts';
import type { Page } from './page.ts';

/** The first thing on the screen: the outcome, the sentence that matters, and what was run. */
export function headline(trial: Trial, page: Page): readonly string[] {
  const { verdict, model, run } = trial;
  const word = verdict.outcome.toUpperCase();
  const indent = word.length + 2;
  const paint = outcomePaint(page.colours, verdict.outcome);
  const [first = '', ...rest] = wrap(verdict.sentence, indent);
  const environment = model.environment === undefined ? '' : `, environment ${model.environment}`;
  const what = `${model.name}, scenario ${run.header.scenario}${environment}`;
  const margin = ' '.repeat(indent);
  return [
    `${page.colours.strong(paint(word))}  ${page.colours.strong(first)}`,
    ...rest.map((text) => margin + page.colours.strong(text)),
    ...wrap(what, indent).map((text) => margin + page.colours.quiet(text)),
    ...moreReasons(trial)
      .flatMap((text) => wrap(text, indent))
      .map((text) => margin + text),
    ...interruption(trial).map((text) => margin + page.colours.unsure(text)),
  ];
}

/** The first is in the sentence. */
function moreReasons({ run }: Trial): readonly string[] {
  return invalidReasons([run])
    .slice(1)
    .map((reason) => `and ${reason}`);
}

function interruption({ run }: Trial): readonly string[] {
  if (run.header.status !== 'interrupted') return [];
  const atMs = run.intervals.at(-1)?.toMs ?? 0;
  const rule = run.events.find(({ kind }) => kind === 'aborted')?.text;
  const how = rule === undefined ? 'interrupted' : 'stopped';
  const why = rule === undefined ? '' : `: ${rule}`;
  return [`${how} at ${momentText(atMs)} of ${lengthText(run.header.durationMs)}${why}`];
}
