import { lengthText, momentText, numberText } from '../../judge/words.ts';
import { countText } from '../quantities.ts';
import type { Trial } from '../trial.ts';
import { wrap, wrapCommand } from '../wrap.ts';
import { labelled, labelWidth, type Page } from './page.ts';

/** What was run, where its record is, and how to run it again. */
export function provenance(
  trial: Trial,
  page: Page,
  timesRealTime: number | undefined,
): readonly string[] {
  const { run, verdict } = trial;
  const { seeds } = verdict;
  const first = seeds[0] ?? run.header.seed;
  const last = seeds.at(-1) ?? first;
  const several = first !== last;
  const speed = timesRealTime === undefined ? '' : `, ${numberText(timesRealTime)} times real time`;
  const left = `${countText(run.eventsDropped, 'event')}: there were too many to record`;
  const worst = page.colours.quiet(`seed ${run.header.seed}, the worst`);
  return [
    '',
    page.colours.strong('RUN'),
    ...labelled(page, several ? 'seeds' : 'seed', [several ? `${first} to ${last}` : `${first}`]),
    ...labelled(page, run.header.world === 'simulate' ? 'simulated' : 'rehearsed', [
      ranText(run, several) + speed,
    ]),
    ...labelled(page, 'against', againstLines(trial)),
    ...labelled(page, 'left out', run.eventsDropped > 0 ? [left] : []),
    ...labelled(page, 'record', several ? [trial.record, worst] : [trial.record]),
    ...labelled(page, 'again', wrapCommand(`$ ${trial.command}`, labelWidth)),
  ];
}

/** How much of it there is: an interrupted run is as long as it came. */
function ranText({ header, intervals }: Trial['run'], several: boolean): string {
  const all = lengthText(header.durationMs) + (several ? ' each' : '');
  if (header.status !== 'interrupted') return all;
  return `${momentText(intervals.at(-1)?.toMs ?? 0)} of ${all}`;
}

/** The outcome in the other environment, and how many settings differ; a finding says which. */
function againstLines({ against, verdict }: Trial): readonly string[] {
  if (against === undefined) return [];
  const { environment, outcome, differing } = against;
  const drifted = verdict.findings.some(({ id }) => id === 'drift');
  const words = {
    pass: 'passes',
    fail: 'fails',
    inconclusive: 'is not known to pass',
    invalid: 'says nothing',
  };
  const as = drifted ? '' : ' as well';
  const verb = differing.length === 1 ? 'differs' : 'differ';
  const many = `${countText(differing.length, 'setting')} ${verb}`;
  const deciding = drifted || differing.length === 0 ? '' : ', and none decides';
  return wrap(`${environment}: ${words[outcome]}${as}; ${many}${deciding}`, labelWidth);
}
