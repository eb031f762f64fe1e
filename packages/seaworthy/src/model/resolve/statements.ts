import type { Expectation, LimitExpectation, Objective } from '../model.ts';
import { parseLimit } from '../limit.ts';
import { Unreadable } from '../measure.ts';
import { didYouMean } from '../nearest.ts';
import type { Subjects } from '../objective.ts';
import { parseExpectation, parseObjective } from '../objective.ts';
import type { Path } from '../source/located.ts';
import type { Context } from './context.ts';

/** The objectives, those that can be read. */
export function resolveObjectives(context: Context, subjects: Subjects): readonly Objective[] {
  return context.parts.objectives.flatMap((text, index) => {
    if (text === undefined) return [];
    const path = ['objectives', index];
    const objective = attempt(context, path, () => parseObjective(text, subjects));
    checkWindow(context, path, objective?.window);
    return objective ?? [];
  });
}

/** The expectations, those that can be read. */
export function resolveExpectations(context: Context, subjects: Subjects): readonly Expectation[] {
  const { parts } = context;
  return parts.expectations.flatMap((entry, index) => {
    if (entry === undefined) return [];
    const path = ['expectations', index];
    checkName(context, [...path, 'scenario'], entry.scenario, [...parts.scenarios.keys()]);
    checkName(context, [...path, 'environment'], entry.environment, parts.environments);
    const frame = {
      scenario: entry.scenario,
      environment: entry.environment,
      within: entry.within,
      between: entry.between && ([String(entry.between[0]), String(entry.between[1])] as const),
      standardError: entry.standardError === undefined ? undefined : String(entry.standardError),
      source: entry.source,
    };
    const that = [...path, 'that'];
    const read = attempt(context, that, () => parseExpectation(entry.that, frame, subjects));
    checkWindow(context, that, read?.window);
    return read ?? [];
  });
}

/** What is expected of the limits, where it can be read. */
export function resolveLimits(context: Context): readonly LimitExpectation[] {
  const { parts } = context;
  return parts.limits.flatMap((entry, index) => {
    if (entry === undefined) return [];
    const path = ['limits', index];
    checkName(context, [...path, 'scenario'], entry.scenario, [...parts.scenarios.keys()]);
    checkName(context, [...path, 'environment'], entry.environment, parts.environments);
    const between = entry.between?.map(String);
    return attempt(context, [...path, 'that'], () => parseLimit({ ...entry, between })) ?? [];
  });
}

function attempt<T>(context: Context, path: Path, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    context.problems.atValue(context.root, path, error.message, error.expected);
    return undefined;
  }
}

function checkName(
  context: Context,
  path: Path,
  name: string | undefined,
  known: readonly string[],
): void {
  if (name === undefined || known.includes(name)) return;
  const message = `unknown ${String(path.at(-1))} "${name}"`;
  context.problems.atValue(context.root, path, message, () => didYouMean(name, known));
}

function checkWindow(context: Context, path: Path, window: Objective['window']): void {
  const end = context.parts.run.for;
  if (window === undefined || end === undefined || window.toMs <= end) return;
  const hint = 'write an earlier end, or a longer run.for';
  context.problems.atValue(context.root, path, 'the run ends before this part of it', hint);
}
