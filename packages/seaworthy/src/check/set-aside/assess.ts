import type { Assessment, SetAside } from '../assessment.ts';
import type { Finding } from '../finding.ts';
import { accepts, type Baseline } from './baseline.ts';
import { covers, type Ignore, isOver } from './ignore.ts';

/** What people have said about findings. */
export interface Said {
  /** Of the file beside the others. */
  readonly ignores: readonly Ignore[];
  /** Of comments at the place of a finding. */
  readonly ignoresAt: (finding: Finding) => readonly Ignore[];
  readonly baseline: Baseline | undefined;
  /** `2026-11-21`. */
  readonly today: string;
}

/** Takes out what is ignored or accepted, and says which of these words are of no use any more. */
export function assess(findings: readonly Finding[], said: Said): Assessment {
  const counting: Finding[] = [];
  const setAside: SetAside[] = [];
  const used = new Set<Ignore>();
  const over = new Map<Ignore, Finding>();
  for (const finding of findings) {
    const ignore = [...said.ignores, ...said.ignoresAt(finding)].filter((each) => {
      return covers(each, finding);
    });
    for (const each of ignore) used.add(each);
    const valid = ignore.find((each) => !isOver(each, said.today));
    if (valid !== undefined) {
      setAside.push({ finding, by: 'ignore', reason: valid.reason, until: valid.until });
    } else if (said.baseline !== undefined && accepts(said.baseline, finding)) {
      setAside.push({ finding, by: 'baseline', reason: undefined, until: undefined });
    } else counting.push(finding);
    for (const each of ignore) if (isOver(each, said.today)) over.set(each, finding);
  }
  const notes = [
    ...[...over].map(([ignore, finding]) => overText(ignore, finding)),
    ...said.ignores.filter((ignore) => !used.has(ignore)).map(uselessText),
    ...worseText(counting, said.baseline),
    ...goneText(findings, said.baseline),
  ];
  return { findings: counting, setAside, notes };
}

function overText({ at, until, reason }: Ignore, { id }: Finding): string {
  return `${at.file}:${at.line}:${at.column} ${id} was ignored until ${until}: ${reason}`;
}

function uselessText({ at, rule, subject }: Ignore): string {
  const what = subject === undefined ? rule : `${rule} ${subject}`;
  return `${at.file}:${at.line}:${at.column} ignores ${what}, which is not found any more`;
}

function worseText(
  counting: readonly Finding[],
  baseline: Baseline | undefined,
): readonly string[] {
  return counting.flatMap(({ id, severity }) => {
    const before = baseline?.get(id);
    return before === undefined ? [] : [`${id} is ${severity}, and was ${before} in the baseline`];
  });
}

function goneText(findings: readonly Finding[], baseline: Baseline | undefined): readonly string[] {
  const present = new Set(findings.map(({ id }) => id));
  const gone = [...(baseline?.keys() ?? [])].filter((id) => !present.has(id));
  if (gone.length === 0) return [];
  const which = gone.length === 1 ? `${gone[0]} is` : `${gone.length} findings of it are`;
  return [`the baseline can be written anew: ${which} not found any more`];
}
