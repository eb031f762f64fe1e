import type { FileEdit } from '../../model/edit/file-edit.ts';
import type { Edge } from '../../model/model.ts';
import type { SuggestedChange } from '../verdict.ts';
import { rateText } from '../words.ts';
import { callPath, changeOf } from './change.ts';
import type { EdgePart } from './part.ts';

/** A budget that would bound the extra attempts: 10 % of the tasks and one a second. */
export function budgetChange(edge: Edge, part: EdgePart): SuggestedChange {
  const budget = edge.policy.retry?.budget;
  const tasks = part.offered / part.seconds;
  const allowed = 0.1 * tasks + 1;
  const extra = (part.attempts - part.offered) / part.seconds;
  if (budget === undefined) {
    const bound = { path: callPath(edge, 'retry.budget'), value: { share: '10%', floor: '1/s' } };
    return {
      edits: [...withoutOwnBudget(edge), bound],
      why:
        `bounds the retries to ${rateText(allowed)} at ${rateText(tasks)} tasks, ` +
        `where ${rateText(extra)} were made`,
    };
  }
  if (!edge.budgetShared && budget.bucketTokens === undefined && budget.share <= 0.2) {
    return changeOf(
      callPath(edge, 'retry.budget.shared'),
      true,
      `each caller has a floor of ${rateText(budget.floorPerSecond)} of its own: together they allow ${rateText(extra)}`,
    );
  }
  if (budget.share > 0.1) {
    return changeOf(
      callPath(edge, 'retry.budget.share'),
      '10%',
      `bounds the retries to ${rateText(allowed)}, where ${rateText(extra)} were made`,
    );
  }
  return changeOf(
    callPath(edge, 'retry.attempts'),
    2,
    `no task adds more than one attempt, where ${rateText(extra)} were added`,
  );
}

/** All extra work is charged to one budget: what hedges had of their own gives way to it. */
function withoutOwnBudget(edge: Edge): readonly FileEdit[] {
  const { hedge } = edge.policy;
  if (hedge?.budget === undefined) return [];
  const { delay, most } = hedge;
  const after = typeof delay === 'number' ? `${delay}ms` : quantileText(delay.quantile);
  const value = most === 1 ? after : { delay: after, most };
  return [{ path: callPath(edge, 'hedge'), value }];
}

/** `p99.9`, in as many digits as the file had. */
function quantileText(share: number): string {
  return `p${Number((share * 100).toPrecision(12))}`;
}
