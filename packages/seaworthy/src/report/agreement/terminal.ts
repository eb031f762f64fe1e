import type { Agreement, SignalAgreement } from '../../judge/agreement/agreement.ts';
import type { Outcome } from '../../judge/verdict.ts';
import { durationText, momentText, numberText, rateText, shareText } from '../../judge/words.ts';
import { type Colours, coloursOf, outcomeSign } from '../colours.ts';
import { type Column, line, namedRow } from '../columns.ts';
import { countText } from '../quantities.ts';
import type { Compared } from '../trial.ts';
import { calibrationLines } from './calibration.ts';

const columns: readonly Column[] = [
  { width: 32, align: 'left' },
  { width: 11, align: 'right' },
  { width: 19, align: 'right' },
  { width: 11, align: 'right' },
  { width: 7, align: 'right' },
];

interface Options {
  readonly colour: boolean;
  /** Also the signals that agree. */
  readonly all: boolean;
}

/**
 * How far the simulation and the rehearsal of a scenario are apart. Ends with a line break.
 *
 * @param compared undefined: it was cut short
 */
export function printAgreement(compared: Compared | undefined, { colour, all }: Options): string {
  const colours = coloursOf(colour);
  if (compared === undefined) {
    return `\n${colours.strong('AGREEMENT')}  not known: it was cut short\n`;
  }
  const { agreement, calibration } = compared;
  const { signals } = agreement;
  const shown = signals.filter((signal) => all || !signal.agrees);
  const hidden = countText(signals.length - shown.length, 'agreeing signal');
  const lines = [
    '',
    ...verdictLines(agreement, colours),
    ...signalLines(shown, colours),
    ...(all ? [] : [colours.quiet(`${hidden} not shown: see --all`)]),
    ...calibrationLines(calibration, colours),
  ];
  return `${lines.join('\n')}\n`;
}

function verdictLines(agreement: Agreement, { strong, good, bad }: Colours): readonly string[] {
  const { sameVerdict, signals, objectives } = agreement;
  const agreeing = signals.filter(({ agrees }) => agrees).length;
  const said = sameVerdict
    ? good(`the same verdict, ${words[agreement.simulated]}`)
    : bad(`simulated ${words[agreement.simulated]}, rehearsed ${words[agreement.rehearsed]}`);
  const differing = objectives.filter(({ simulated, rehearsed }) => simulated !== rehearsed);
  return [
    `${strong('AGREEMENT')}  ${said}; ${agreeing} of ${countText(signals.length, 'signal')} agree`,
    ...differing.map(
      ({ text, simulated, rehearsed }) =>
        `${outcomeSign[rehearsed]} ${text}: simulated ${words[simulated]}, rehearsed ${words[rehearsed]}`,
    ),
  ];
}

const words: Readonly<Record<Outcome, string>> = {
  pass: 'pass',
  fail: 'fail',
  inconclusive: 'not enough to tell',
  invalid: 'says nothing',
};

function signalLines(signals: readonly SignalAgreement[], colours: Colours): readonly string[] {
  if (signals.length === 0) return [];
  const heading = ['', 'simulated', 'replications', 'rehearsed', 'apart'];
  const lines = [colours.quiet(line(heading, columns))];
  let part = '';
  for (const signal of signals) {
    const here = partText(signal.phase);
    if (here !== part) lines.push(colours.quiet((part = here)));
    lines.push(...namedRow(signalCells(signal, colours), columns));
  }
  return lines;
}

function partText({ name, fromMs, toMs }: SignalAgreement['phase']): string {
  const what = { before: 'before the faults', during: 'during', after: 'after', all: 'all of it' };
  return `${what[name]}, ${momentText(fromMs)} to ${momentText(toMs)}`;
}

function signalCells(signal: SignalAgreement, { good, bad, quiet }: Colours) {
  const { subject, name, simulated, simulatedFrom, simulatedTo, rehearsed, agrees } = signal;
  const text = (value: number): string => valueText(signal, value);
  const paint = agrees ? good : bad;
  return [
    { text: `${agrees ? '✓' : '✗'} ${subject} ${name}`, paint },
    text(simulated),
    { text: `${text(simulatedFrom)} to ${text(simulatedTo)}`, paint: quiet },
    text(rehearsed),
    { text: apartText(signal), paint },
  ];
}

function valueText({ kind }: SignalAgreement, value: number): string {
  if (value === Infinity) return 'none';
  if (kind === 'rate') return rateText(value);
  if (kind === 'time') return durationText(value);
  return kind === 'share' ? shareText(value) : numberText(value);
}

/** Of shares the difference in points. */
function apartText({ kind, apart }: SignalAgreement): string {
  if (!Number.isFinite(apart)) return 'far';
  const percent = Math.round(apart * 100);
  return kind === 'share' ? `${percent} pt` : `${percent} %`;
}
