import type { Edge } from '../../model/model.ts';
import type { SuggestedChange } from '../verdict.ts';
import { rateText, shareText } from '../words.ts';
import { callPath, fileCount } from './change.ts';
import type { EdgePart } from './part.ts';

/** A budget that would bound the extra attempts: 10 % of the tasks and one a second. */
export function budgetChange(edge: Edge, part: EdgePart): SuggestedChange {
  const budget = edge.policy.retry?.budget;
  const tasks = part.offered / part.seconds;
  const allowed = 0.1 * tasks + 1;
  const extra = (part.attempts - part.offered) / part.seconds;
  if (budget === undefined) {
    return {
      path: callPath(edge, 'retry.budget'),
      from: undefined,
      to: '{ share: 10%, floor: 1/s }',
      why:
        `bounds the retries to ${rateText(allowed)} at ${rateText(tasks)} tasks, ` +
        `where ${rateText(extra)} were made`,
    };
  }
  if (!edge.budgetShared && budget.bucketTokens === undefined && budget.share <= 0.2) {
    return {
      path: callPath(edge, 'retry.budget.shared'),
      from: 'false',
      to: 'true',
      why: `each caller has a floor of ${rateText(budget.floorPerSecond)} of its own: together they allow ${rateText(extra)}`,
    };
  }
  if (budget.share > 0.1) {
    return {
      path: callPath(edge, 'retry.budget.share'),
      from: shareText(budget.share).replace(' ', ''),
      to: '10%',
      why: `bounds the retries to ${rateText(allowed)}, where ${rateText(extra)} were made`,
    };
  }
  return {
    path: callPath(edge, 'retry.attempts'),
    from: fileCount(edge.policy.retry?.attempts ?? 1),
    to: '2',
    why: `no task adds more than one attempt, where ${rateText(extra)} were added`,
  };
}
