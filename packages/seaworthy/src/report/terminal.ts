import { coloursOf } from './colours.ts';
import { edges } from './sections/edges.ts';
import { findings } from './sections/findings.ts';
import { headline } from './sections/headline.ts';
import { objectives } from './sections/objectives.ts';
import type { Page } from './sections/page.ts';
import { provenance } from './sections/provenance.ts';
import { latency, traffic } from './sections/traffic.ts';
import { queues, rows } from './sections/shared-parts.ts';
import type { Trial } from './trial.ts';

export interface TerminalOptions {
  readonly colour: boolean;
  /** Also the edges that are calm. */
  readonly all: boolean;
  /** Simulated time over the time it took. Undefined: not said. */
  readonly timesRealTime: number | undefined;
}

/** The report for people: 80 columns, the verdict first. Ends with a line break. */
export function printVerdict(trial: Trial, options: TerminalOptions): string {
  const page: Page = { colours: coloursOf(options.colour), all: options.all };
  const lines = [
    ...headline(trial, page),
    ...objectives(trial, page),
    ...findings(trial, page),
    ...traffic(trial, page),
    ...latency(trial, page),
    ...edges(trial, page),
    ...queues(trial, page),
    ...rows(trial, page),
    ...provenance(trial, page, options.timesRealTime),
  ];
  return `${lines.join('\n')}\n`;
}
