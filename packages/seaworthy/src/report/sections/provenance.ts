import { momentText, numberText } from '../../judge/words.ts';
import { countText } from '../quantities.ts';
import type { Trial } from '../trial.ts';
import { wrapCommand } from '../wrap.ts';
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
    ...labelled(page, 'simulated', [
      momentText(run.header.durationMs) + (several ? ' each' : '') + speed,
    ]),
    ...labelled(page, 'left out', run.eventsDropped > 0 ? [left] : []),
    ...labelled(page, 'record', several ? [trial.record, worst] : [trial.record]),
    ...labelled(page, 'again', wrapCommand(`$ ${trial.command}`, labelWidth)),
  ];
}
