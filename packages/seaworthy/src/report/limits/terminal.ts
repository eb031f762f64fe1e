import type { Limits } from '../../judge/limits/result.ts';
import { durationText, numberText } from '../../judge/words.ts';
import { type Colours, coloursOf } from '../colours.ts';
import { type Column, line } from '../columns.ts';
import { countText, numberCell } from '../quantities.ts';
import {
  labelled,
  labelWidth,
  numericColumns,
  type Page,
  section,
  tableRows,
} from '../sections/page.ts';
import { wrap, wrapCommand } from '../wrap.ts';
import { headline } from './headline.ts';
import { loop, triggers } from './pictures.ts';
import { intervalText, loadTextOf, thresholdText } from './words.ts';

export interface LimitsPage {
  readonly colour: boolean;
  /** Shows all of this again. */
  readonly command: string;
}

/** The report for people: 80 columns, the state first. Ends with a line break. */
export function printLimits(limits: Limits, options: LimitsPage): string {
  const colours = coloursOf(options.colour);
  const page: Page = { colours, all: true };
  const lines = [
    ...headline(limits, page),
    ...failing(limits, page),
    ...thresholds(limits, colours),
    ...starts(limits, page),
    ...loop(limits, page),
    ...triggers(limits, page),
    ...notes(limits, page),
    ...provenance(limits, page, options.command),
  ];
  return `${lines.join('\n')}\n`;
}

/** What fails at any load: at the least, at one between, and at the load of the file. */
function failing({ failing: all, ...limits }: Limits, page: Page): readonly string[] {
  const tried = all[0]?.tried ?? [];
  const shown = [0, Math.floor(tried.length / 2), tried.length - 1];
  const text = loadTextOf(limits);
  const heading = shown.map((index) => `at ${text(tried[index]?.load ?? 0)}`);
  const columnsOfLoads = numericColumns(32, shown.length, 16);
  const rows = all.map(({ text: name, tried: each }) => [
    name,
    ...shown.map((index) => each[index]?.observed ?? ''),
  ]);
  return section(page, ['FAILING', ...heading], columnsOfLoads, tableRows(rows, columnsOfLoads));
}

const columns: readonly Column[] = [
  { width: 32, align: 'left' },
  { width: 14, align: 'right' },
  { width: 24, align: 'right' },
  { width: 10, align: 'right' },
];

function thresholds(limits: Limits, { strong, quiet }: Colours): readonly string[] {
  const text = loadTextOf(limits);
  const { stableUpTo, vulnerableUpTo, headroom, fragility, load } = limits;
  const rows = [
    [
      'stable up to',
      thresholdText(stableUpTo, text),
      intervalText(stableUpTo, text),
      runs(stableUpTo.runs),
    ],
    [
      'vulnerable up to',
      thresholdText(vulnerableUpTo, text),
      intervalText(vulnerableUpTo, text),
      runs(vulnerableUpTo.runs),
    ],
    ['the load of the file', text(load.given)],
    ['headroom, stable over load', headroom === undefined ? '–' : `${numberText(headroom)}x`],
    [
      'fragility, vulnerable over stable',
      fragility === undefined ? '–' : `${numberText(fragility)}x`,
    ],
  ];
  const head = [
    { text: 'LIMITS', paint: strong },
    ...['', '95 % interval', 'runs'].map((it) => ({ text: it, paint: quiet })),
  ];
  return ['', line(head, columns), ...rows.map((cells) => line(cells, columns))];
}

function runs(count: number): string {
  return numberCell(count);
}

function starts({ state }: Limits, page: Page): readonly string[] {
  const { cold, hot } = state;
  return [
    '',
    page.colours.strong('TWO STARTS') + page.colours.quiet('  at the load of the file'),
    ...labelled(page, 'empty', [`${cold.count} of ${countText(cold.of, 'run')} collapsed`]),
    ...labelled(page, 'collapsed', [
      `${hot.count} of ${countText(hot.of, 'run')} did not come back`,
    ]),
  ];
}

function notes({ notes: texts }: Limits, page: Page): readonly string[] {
  if (texts.length === 0) return [];
  const lines = texts.flatMap((text) =>
    wrap(text, 2).map((each, index) =>
      index === 0 ? `${page.colours.unsure('!')} ${each}` : `  ${each}`,
    ),
  );
  return ['', page.colours.strong('NOTES'), ...lines];
}

function provenance(limits: Limits, page: Page, command: string): readonly string[] {
  const { seed, runs: count, requests, simulatedMs } = limits;
  return [
    '',
    page.colours.strong('RUN'),
    ...labelled(page, 'simulated', [
      `${countText(count, 'run')}, ${numberCell(requests)} requests, ${durationText(simulatedMs)}`,
    ]),
    ...labelled(page, 'seed', [`${seed}`]),
    ...labelled(page, 'again', wrapCommand(`$ ${command}`, labelWidth)),
  ];
}
