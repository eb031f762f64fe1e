import { finding, placeOf } from '../../decide.ts';
import { count } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';

export const lc20: Rule = {
  id: 'LC20',
  name: 'nothing to roll back to',
  severity: 'high',
  formula: 'revisionHistoryLimit is 0',
  why:
    'the old version is deleted as soon as the new one runs: `kubectl rollout undo` has nothing to ' +
    'go back to, and whoever has a bad deploy must first find and apply the manifest of before',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#revision-history-limit',
  ],
  remedy: 'Leave revisionHistoryLimit at its default of 10, or keep two or three.',
  needs: ['the revisionHistoryLimit of a workload'],
  *decide({ workloads }) {
    for (const { name, revisionsKept, at } of workloads) {
      if (revisionsKept?.value !== 0) continue;
      yield finding(name, {
        what: 'no old version is kept, so none can be rolled back to',
        numbers: [count('revisionHistoryLimit', revisionsKept)],
        passes: 'revisionHistoryLimit: 3',
        at: placeOf(revisionsKept.origin, at),
      });
    }
  },
};
