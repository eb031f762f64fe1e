import type { Model } from '../../model/model.ts';
import type { Run } from '../../signals/run.ts';
import type { Change, Course, Finding, Verdict } from '../verdict.ts';
import { courseOf, type Ran } from './course.ts';
import type { EditFile } from './differences.ts';
import { effectOf, hasChanged } from './effect.ts';

export interface Trying {
  readonly edit: EditFile;
  /** The run that stands for all without a change. */
  readonly shown: Ran;
  /**
   * Simulates a model in the same scenario, with the same seeds, and judges it. Undefined: it was
   * interrupted.
   */
  readonly judged: (model: Model, change: Change) => Promise<Judged | undefined>;
}

/** All replications of a model, and what they come to. */
export interface Judged {
  readonly verdict: Verdict;
  readonly runs: readonly Run[];
}

/**
 * Tries the changes that a verdict suggests: each alone, in the order of the findings and of what
 * they suggest. It takes as many simulations as there are findings, at most: what is suggested
 * twice is simulated once, and what that saves goes to the second suggestion of those that the
 * first did not solve. The best of its changes comes first in each finding.
 */
export async function tryChanges(verdict: Verdict, trying: Trying): Promise<Verdict> {
  const tried: Tried[] = [];
  for (let left = verdict.findings.length; left > 0; left--) {
    const change = nextChange(verdict, tried);
    if (change === undefined) break;
    const { model } = trying.edit(change.edits);
    // One after the other: each has all cores for its replications.
    const judged = await trying.judged(model, change);
    if (judged === undefined) break;
    const courses = coursesOf(verdict, trying.shown, model, judged);
    tried.push({ change, after: judged.verdict, courses });
  }
  const findings = triedFindings(verdict, tried);
  return { ...verdict, findings: findings.map((each) => withBetter(each, verdict, tried)) };
}

/** What was simulated so far. */
interface Tried {
  readonly change: Change;
  readonly after: Verdict;
  /** Of the objectives that changed, by index. */
  readonly courses: readonly (Course | undefined)[];
}

/** Held against the run with the same seed: it had the same arrivals. */
function coursesOf(
  before: Verdict,
  shown: Ran,
  model: Model,
  { verdict, runs }: Judged,
): Tried['courses'] {
  const run = runs.find(({ header }) => header.seed === shown.run.header.seed);
  if (run === undefined) return [];
  return before.objectives.map((was, index) =>
    hasChanged(was, verdict.objectives[index]) ? courseOf(shown, { model, run }, index) : undefined,
  );
}

/** The first suggestions of all findings, then what else those suggest that are not solved. */
function nextChange(verdict: Verdict, tried: readonly Tried[]): Change | undefined {
  const open = triedFindings(verdict, tried).filter(
    ({ changes }) => changes[0]?.tried?.effect !== 'solves',
  );
  const untried = open.flatMap(({ changes }) => {
    const index = changes.findIndex((change) => change.tried === undefined);
    const change = changes[index];
    return change === undefined ? [] : [{ change, index }];
  });
  // What was tried stands first: the index is how many were.
  return untried.toSorted((left, right) => left.index - right.index)[0]?.change;
}

function triedFindings(verdict: Verdict, tried: readonly Tried[]): readonly Finding[] {
  return verdict.findings.map((finding) => {
    const changes = finding.changes.map((change) => triedChange(finding, change, verdict, tried));
    const different = new Map(changes.map((change) => [idOf(change), change]));
    return { ...finding, changes: [...different.values()].toSorted(bestFirst) };
  });
}

/**
 * The same edits are the same change, whoever suggests them and for what reason. And where another
 * value at the same place has solved this finding too, that one stands for it: 63 slots need no
 * simulation of their own beside 65.
 */
function triedChange(
  finding: Finding,
  change: Change,
  before: Verdict,
  tried: readonly Tried[],
): Change {
  const same = tried.find((it) => idOf(it.change) === idOf(change));
  if (same !== undefined) {
    return { ...change, tried: effectOf(finding, before, same.after, same.courses) };
  }
  for (const { change: other, after, courses } of tried) {
    if (placesOf(other) !== placesOf(change)) continue;
    const effect = effectOf(finding, before, after, courses);
    if (effect.effect === 'solves') return { ...other, tried: effect };
  }
  return change;
}

/**
 * A change that another finding suggests comes first where it solves this one too, and none of its
 * own does: the cause of one is often that of all.
 */
function withBetter(finding: Finding, before: Verdict, tried: readonly Tried[]): Finding {
  if (finding.changes[0]?.tried?.effect === 'solves') return finding;
  const others = tried
    .map(({ change, after, courses }) => {
      return { ...change, tried: effectOf(finding, before, after, courses) };
    })
    .filter((change) => change.tried.effect === 'solves');
  const best = others.toSorted(bestFirst)[0];
  return best === undefined ? finding : { ...finding, changes: [best, ...finding.changes] };
}

function idOf({ edits }: Change): string {
  return JSON.stringify(edits);
}

function placesOf({ edits }: Change): string {
  return JSON.stringify(edits.map(({ path }) => path));
}

const effects = ['solves', 'helps', 'trades', 'none'] as const;

/** What was not tried stands behind what was, in the order of the detector. */
function bestFirst(left: Change, right: Change): number {
  if (left.tried === undefined || right.tried === undefined) {
    return Number(left.tried === undefined) - Number(right.tried === undefined);
  }
  return (
    effects.indexOf(left.tried.effect) - effects.indexOf(right.tried.effect) ||
    failedIn(left.tried) - failedIn(right.tried)
  );
}

function failedIn({ objectives }: NonNullable<Change['tried']>): number {
  return objectives.filter(({ after }) => after.outcome === 'fail').length;
}
