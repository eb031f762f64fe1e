import { finding, placeOf } from '../../decide.ts';
import { text } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';

export const lc24: Rule = {
  id: 'LC24',
  name: 'jobs that pile up',
  severity: 'low',
  formula: 'a CronJob with concurrencyPolicy Allow and no activeDeadlineSeconds',
  why:
    'when one run takes longer than the interval, the next begins beside it, both are slower, and ' +
    'their number grows until what they share breaks down',
  sources: ['https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/'],
  remedy: 'Write `concurrencyPolicy: Forbid`, and an activeDeadlineSeconds for each run.',
  needs: ['the schedule of a CronJob'],
  *decide({ workloads }) {
    for (const { name, schedule, at } of workloads) {
      if (schedule === undefined || schedule.activeDeadlineMs !== undefined) continue;
      const { concurrencyPolicy, cron } = schedule;
      if (concurrencyPolicy.value !== 'Allow') continue;
      yield finding(name, {
        what: 'a run that takes too long gets company by the next one',
        numbers: [text('concurrencyPolicy', concurrencyPolicy), text('schedule', cron)],
        passes: 'concurrencyPolicy: Forbid',
        at: placeOf(concurrencyPolicy.origin, cron.origin, at),
      });
    }
  },
};
