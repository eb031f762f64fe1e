import { isDeepStrictEqual } from 'node:util';

import { finding } from '../../decide.ts';
import { count, duration, text } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { durationText } from '../../../model/quantity-text.ts';
import { handlerText, patienceMs } from '../../workloads/probe.ts';
import { containersOf } from '../../workloads/workload.ts';

export const lc01: Rule = {
  id: 'LC01',
  name: 'restarted as soon as it is unready',
  severity: 'high',
  formula:
    'readiness and liveness ask the same handler, and liveness acts no later: period x ' +
    'failureThreshold of liveness <= that of readiness',
  why:
    'a pod that is only busy is killed instead of left alone for a moment, and its load goes to ' +
    'the others, which are busy as well',
  sources: [
    'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
    'https://github.com/zegl/kube-score/blob/master/README_PROBES.md',
  ],
  remedy:
    'Give liveness a higher failureThreshold, or a handler of its own that fails only where a ' +
    'restart would help. One handler for both is fine when liveness waits longer.',
  needs: ['the probes of a container'],
  *decide({ workloads }) {
    for (const { container, name } of containersOf(workloads)) {
      const { readiness, liveness } = container;
      if (readiness === undefined || liveness === undefined) continue;
      const handler = handlerText(liveness.handler.value);
      if (!isDeepStrictEqual(readiness.handler.value, liveness.handler.value)) continue;
      const [unready, restarted] = [patienceMs(readiness), patienceMs(liveness)];
      if (restarted > unready) continue;
      yield finding(name, {
        what:
          `both probes ask ${handler}: after ${durationText(unready)} of failures it is unready, ` +
          `after ${durationText(restarted)} it is killed`,
        numbers: [
          text('liveness', { ...liveness.handler, value: handler }),
          duration('period of readiness', readiness.periodMs),
          count('failureThreshold of readiness', readiness.failureThreshold),
          duration('period of liveness', liveness.periodMs),
          count('failureThreshold of liveness', liveness.failureThreshold),
        ],
        passes:
          'a failureThreshold of liveness above ' +
          `${Math.floor(unready / liveness.periodMs.value)}`,
        at: liveness.at,
      });
    }
  },
};
