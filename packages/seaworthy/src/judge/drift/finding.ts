import { valueText } from '../changes/text.ts';
import { formatPath } from '../../model/problems.ts';
import type { Change, Finding, Outcome, Verdict } from '../verdict.ts';
import type { Deciding } from './deciding.ts';
import type { Difference } from './settings.ts';

/** Two environments of one file, in the same scenario and with the same seeds. */
export interface Compared {
  /** The names: `staging`; undefined is the file without an overlay. */
  readonly here: string | undefined;
  readonly there: string;
  readonly differences: readonly Difference[];
  readonly verdictHere: Verdict;
  readonly verdictThere: Verdict;
  readonly deciding: Deciding;
  /** What would make them agree, where it was tried. */
  readonly change: Change | undefined;
  readonly durationMs: number;
  readonly command: string;
}

const verbs: Readonly<Record<Outcome, string>> = {
  pass: 'passes',
  fail: 'fails',
  inconclusive: 'is not known to pass',
  invalid: 'says nothing',
};

/** Differences that are named though they decide nothing; of more, only how many there are. */
const othersNamed = 5;

/** The finding that two environments of a file come to different verdicts, and what decides. */
export function driftFinding(compared: Compared): Finding {
  const { there, verdictHere, verdictThere, deciding, differences } = compared;
  const here = compared.here ?? 'the file without an environment';
  const known = deciding.kind === 'unknown' ? [] : deciding.differences;
  const places = known.map(({ path }) => formatPath(path));
  const isGrave = verdictHere.outcome === 'fail' || verdictThere.outcome === 'fail';
  const outcomes = `${here} ${verbs[verdictHere.outcome]}, ${there} ${verbs[verdictThere.outcome]}`;
  return {
    key: `drift ${there}`,
    id: 'drift',
    title: `drift: ${outcomes}${decidedText(deciding, places)}`,
    severity: isGrave ? 'high' : 'medium',
    evidence: 'demonstrated',
    fromMs: 0,
    toMs: compared.durationMs,
    edges: placesUnder('calls', known),
    services: placesUnder('services', known),
    numbers: [
      ...known.map((each) => `${formatPath(each.path)} is ${bothText(each, here, there)}`),
      ...othersText(differences.filter((each) => !known.includes(each))),
      ...failedText(here, verdictHere),
      ...failedText(there, verdictThere),
    ],
    sustainingEffect: undefined,
    steps: [],
    changes: compared.change === undefined ? [] : [compared.change],
    seenIn: verdictHere.replications,
    seed: verdictHere.seeds[0] ?? 0,
    command: compared.command,
  };
}

function decidedText(deciding: Deciding, places: readonly string[]): string {
  if (deciding.kind === 'unknown') return '';
  const list = places.join(deciding.kind === 'alone' ? ', or ' : ' and ');
  if (deciding.kind === 'together' && places.length > 1) return `; together, ${list} decide`;
  return `; ${list} decides`;
}

function bothText({ here, there }: Difference, nameHere: string, nameThere: string): string {
  return `${settingText(here)} in ${nameHere}, ${settingText(there)} in ${nameThere}`;
}

function settingText(value: Difference['here']): string {
  return value === undefined ? 'absent' : valueText(value);
}

function othersText(others: readonly Difference[]): readonly string[] {
  if (others.length === 0) return [];
  const named = others.slice(0, othersNamed).map(({ path }) => formatPath(path));
  const more = others.length > othersNamed ? [`${others.length - othersNamed} more`] : [];
  return [`other settings that differ: ${[...named, ...more].join(', ')}`];
}

function failedText(name: string, { objectives }: Verdict): readonly string[] {
  const failed = objectives.filter(({ outcome }) => outcome === 'fail');
  if (failed.length === 0) return [];
  return [`failed in ${name}: ${failed.map((it) => `${it.text} with ${it.observed}`).join(', ')}`];
}

function placesUnder(section: string, differences: readonly Difference[]): readonly string[] {
  const names = differences.flatMap(({ path }) => (path[0] === section ? [path[1] ?? ''] : []));
  return [...new Set(names)];
}
