import type {
  ChangedObjective,
  ChangeEffect,
  Course,
  Finding,
  ObjectiveResult,
  TriedChange,
  Verdict,
} from '../verdict.ts';

/** What still fails is better when half of what was missing is there, and worse the other way. */
const half = 0.5;

/** But no less than this share of the limit: other calls meet other dice. */
const notable = 0.05;

/**
 * What a change did: the verdict without and with it, from the same seeds, and the finding that it
 * is for.
 *
 * @param courses of the objectives, where somebody looked at them
 */
export function effectOf(
  finding: Finding,
  before: Verdict,
  after: Verdict,
  courses: readonly (Course | undefined)[] = [],
): TriedChange {
  const still = after.findings.find(({ key }) => key === finding.key);
  const objectives = changedObjectives(before, after, courses);
  const worse = worseFindings(before, after);
  const gains =
    still === undefined ||
    isLess(still, finding) ||
    objectives.some((objective) => isGain(objective));
  const losses =
    worse.some(({ severity }) => severity !== 'medium') ||
    objectives.some((objective) => isLoss(objective));
  return {
    effect: effectFor(still !== undefined, gains, losses),
    outcome: after.outcome,
    replications: after.replications,
    still: still && { title: still.title, severity: still.severity, seenIn: still.seenIn },
    alsoGone: before.findings
      .filter(({ key }) => key !== finding.key && !after.findings.some((it) => it.key === key))
      .map(({ key }) => key),
    objectives,
    worse: worse.map(({ title, severity, seenIn }) => ({ title, severity, seenIn })),
  };
}

function effectFor(still: boolean, gains: boolean, losses: boolean): ChangeEffect {
  if (!gains) return 'none';
  if (losses) return 'trades';
  return still ? 'helps' : 'solves';
}

const gravity: readonly Finding['severity'][] = ['medium', 'high', 'critical'];

/** Less grave, or in half of the replications. */
function isLess(still: Finding, was: Finding): boolean {
  if (gravity.indexOf(still.severity) > gravity.indexOf(was.severity)) return false;
  return still.severity !== was.severity || still.seenIn <= half * was.seenIn;
}

/** Findings that were not there, or are graver now. */
function worseFindings(before: Verdict, after: Verdict): readonly Finding[] {
  return after.findings.filter((now) => {
    const was = before.findings.find(({ key }) => key === now.key);
    return was === undefined || gravity.indexOf(now.severity) > gravity.indexOf(was.severity);
  });
}

/** Those that failed, or fail now. */
function changedObjectives(
  before: Verdict,
  after: Verdict,
  courses: readonly (Course | undefined)[],
): readonly ChangedObjective[] {
  return before.objectives.flatMap((was, index) => {
    const now = after.objectives[index];
    if (now === undefined || !hasChanged(was, now)) return [];
    const course = courses[index];
    return [{ text: was.text, before: resultOf(was), after: resultOf(now), course }];
  });
}

/** Edits change no objectives: the two lists are in the same order. */
export function hasChanged(was: ObjectiveResult, now: ObjectiveResult | undefined): boolean {
  return was.outcome === 'fail' || now?.outcome === 'fail';
}

function resultOf({ outcome, observed, margin }: ObjectiveResult): ChangedObjective['before'] {
  return { outcome, observed, margin };
}

function isGain({ before, after }: ChangedObjective): boolean {
  if (before.outcome !== 'fail') return false;
  return after.outcome === 'pass' || isMuchCloser(after, before);
}

function isLoss({ before, after }: ChangedObjective): boolean {
  if (before.outcome !== 'fail') return after.outcome === 'fail';
  return isMuchCloser(before, after);
}

type Margin = Pick<ObjectiveResult, 'margin'>;

/** Margins are below 0 where objectives fail. Without a margin nobody can tell. */
function isMuchCloser(near: Margin, far: Margin): boolean {
  if (near.margin === undefined || far.margin === undefined) return false;
  return near.margin >= half * far.margin && near.margin - far.margin >= notable;
}
