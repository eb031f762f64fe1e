import { effectOf } from '../../judge/changes/effect.ts';
import { changeText } from '../../judge/changes/text.ts';
import { decidingOf, type Deciding } from '../../judge/drift/deciding.ts';
import { driftFinding } from '../../judge/drift/finding.ts';
import { editFor, reverseEditFor, settingsThatDiffer } from '../../judge/drift/settings.ts';
import { judge } from '../../judge/judge.ts';
import type { Change, Finding, Verdict } from '../../judge/verdict.ts';
import { EditError } from '../../model/edit/apply.ts';
import type { FileEdit } from '../../model/edit/file-edit.ts';
import type { Model, Scenario } from '../../model/model.ts';
import { formatPath } from '../../model/problems.ts';
import { ModelError } from '../../model/problem.ts';
import type { ReadResult } from '../../model/read.ts';
import type { AgainstResult } from '../../report/trial.ts';
import { runLengthMs } from '../../model/run-length.ts';
import { withRecordings } from '../../traffic/recorded/recorded-source.ts';
import { type Against, replicate, type Session } from './session.ts';

/**
 * Runs the same scenario in the other environment, with the same seeds and as long. Where the
 * outcomes differ the verdict gets a finding that says which settings decide.
 */
export async function withDrift(
  session: Session,
  against: Against,
  scenario: Scenario | undefined,
  verdict: Verdict,
  command: string,
): Promise<{ readonly verdict: Verdict; readonly against: AgainstResult | undefined }> {
  const comparison = new Comparison(session, scenario);
  const { environment, read } = against;
  const there = await comparison.judged(read.model, `environment ${environment}`);
  if (there === undefined) return { verdict, against: undefined };
  const differences = settingsThatDiffer(session.read.settings, read.settings);
  const differing = differences.map(({ path }) => formatPath(path));
  const result = { environment, outcome: there.outcome, differing };
  if (there.outcome === verdict.outcome) return { verdict, against: result };
  const deciding = await decidingOf(differences, async (some) => {
    const edits = some.map(editFor);
    const after = await comparison.edited(session.read, edits);
    return after === 'interrupted' ? undefined : after?.verdict.outcome === there.outcome;
  });
  const compared = {
    here: session.options.env,
    there: environment,
    differences,
    verdictHere: verdict,
    verdictThere: there,
    deciding,
    durationMs: runLengthMs(session.model, scenario),
    command: `${command} --against ${environment} --seed ${session.seed} --replications ${session.replications}`,
  };
  const finding = driftFinding({ ...compared, change: undefined });
  const change = await changeFor(comparison, session, against, { ...compared, finding });
  const drift = driftFinding({ ...compared, change });
  const outcome = drift.severity === 'high' ? 'fail' : verdict.outcome;
  const sentence = verdict.outcome === 'pass' ? sentenceOf(drift) : verdict.sentence;
  return {
    verdict: { ...verdict, outcome, sentence, findings: [drift, ...verdict.findings] },
    against: result,
  };
}

function sentenceOf({ title }: Finding): string {
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}.`;
}

interface Drifted {
  readonly verdictHere: Verdict;
  readonly verdictThere: Verdict;
  readonly deciding: Deciding;
  readonly finding: Finding;
}

/** The environment that does not pass gets what the other has, where it decides. */
async function changeFor(
  comparison: Comparison,
  session: Session,
  against: Against,
  { verdictHere, verdictThere, deciding, finding }: Drifted,
): Promise<Change | undefined> {
  if (deciding.kind === 'unknown') return undefined;
  const isHere = verdictThere.outcome === 'pass';
  if (!isHere && verdictHere.outcome !== 'pass') return undefined;
  // One that decides alone is enough to pass, but to fail each of them is.
  const some =
    isHere && deciding.kind === 'alone' ? deciding.differences.slice(0, 1) : deciding.differences;
  const edits = some.map(isHere ? editFor : reverseEditFor);
  const after = await comparison.edited(isHere ? session.read : against.read, edits);
  if (after === undefined || after === 'interrupted') return undefined;
  const effect = effectOf(finding, isHere ? verdictHere : verdictThere, after.verdict);
  const tried = after.verdict.outcome === 'pass' ? effect : { ...effect, effect: 'none' as const };
  const good = isHere ? against.environment : (session.options.env ?? 'the file as it stands');
  const why = `as in ${good}, where it passes`;
  return { edits, why, difference: after.difference, tried };
}

interface Edited {
  readonly verdict: Verdict;
  readonly difference: readonly string[];
}

/** Runs variants of a file in one scenario; what was run once is not run again. */
class Comparison {
  readonly #session: Session;
  readonly #scenario: Scenario | undefined;
  readonly #known = new Map<ReadResult, Map<string, Edited>>();

  constructor(session: Session, scenario: Scenario | undefined) {
    this.#session = session;
    this.#scenario = scenario;
  }

  /** Undefined: it was interrupted. */
  async judged(model: Model, label: string): Promise<Verdict | undefined> {
    const { model: own, pool, recordings } = this.#session;
    const { name } = this.#scenario ?? {};
    const forMs = runLengthMs(own, this.#scenario);
    const alike = withRecordings({ ...model, run: { ...own.run, forMs } }, recordings);
    const scenario = alike.scenarios.find((each) => each.name === name);
    const runs = await replicate(this.#session, alike, scenario, label);
    return pool.interrupted ? undefined : judge(alike, scenario, runs, '');
  }

  /** Undefined: these edits alone do not make a file that can be read. */
  async edited(
    read: ReadResult,
    edits: readonly FileEdit[],
  ): Promise<Edited | 'interrupted' | undefined> {
    const known = this.#known.get(read) ?? new Map<string, Edited>();
    this.#known.set(read, known);
    const id = JSON.stringify(edits);
    const before = known.get(id);
    if (before !== undefined) return before;
    const file = editedFile(read, edits);
    if (file === undefined) return undefined;
    const verdict = await this.judged(file.model, changeText({ edits }));
    if (verdict === undefined) return 'interrupted';
    const after = { verdict, difference: file.difference };
    known.set(id, after);
    return after;
  }
}

function editedFile(read: ReadResult, edits: readonly FileEdit[]) {
  try {
    return read.edit(edits, 'environment');
  } catch (error) {
    if (error instanceof EditError || error instanceof ModelError) return undefined;
    throw error;
  }
}
