import type { Landscape, Setting, Workload } from '../../../model/import/landscape.ts';
import { durationText } from '../../../model/quantity-text.ts';
import { finding, lacks } from '../../decide.ts';
import { count, duration } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { quantilesOf } from '../../../model/distribution.ts';
import { atShare } from '../../traffic/latency.ts';
import { modelService } from '../../traffic/model-services.ts';
import { patienceMs } from '../../workloads/probe.ts';
import { containersOf } from '../../workloads/workload.ts';

export const lc05: Rule = {
  id: 'LC05',
  name: 'killed while it starts',
  severity: 'high',
  formula:
    'initialDelay + failureThreshold x period of liveness < p99 of the start, without startupProbe',
  why:
    'a pod that starts a little slower, on a busy node, is killed before it is ready, starts anew, ' +
    'and is killed again: a crash loop at the moment of highest load',
  sources: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-startup-probes',
  ],
  remedy: 'Add a startupProbe that waits as long as the slowest start, and keep liveness quick.',
  needs: ['the probes of a container', 'how long it takes to start'],
  *decide(landscape) {
    for (const { workload, container, name } of containersOf(landscape.workloads)) {
      const { liveness, startup } = container;
      if (liveness === undefined || startup !== undefined) continue;
      const start = slowStart(landscape, workload);
      if (start === undefined) {
        yield lacks(name, 'how long it takes to start: start.readyAfter in a seaworthy.yaml');
        continue;
      }
      const allowed = liveness.initialDelayMs.value + patienceMs(liveness);
      if (allowed >= start.value) continue;
      yield finding(name, {
        what:
          `it is killed ${durationText(allowed)} after its start, and 1 in 100 starts takes ` +
          `${durationText(start.value)} or more`,
        numbers: [
          duration('initialDelay of liveness', liveness.initialDelayMs),
          duration('period of liveness', liveness.periodMs),
          count('failureThreshold of liveness', liveness.failureThreshold),
          duration(`p99 of the start of ${workload.serves}`, start),
        ],
        passes: `a startupProbe that waits ${durationText(start.value)} or more`,
        at: liveness.at,
      });
    }
  },
};

function slowStart(landscape: Landscape, { serves }: Workload): Setting<number> | undefined {
  const modelled = modelService(landscape, serves);
  if (modelled === undefined) return undefined;
  const points = quantilesOf(modelled.service.startUp.readyAfter);
  const value = points && atShare(points, 0.99);
  const origin = modelled.file.position(['services', serves, 'start', 'readyAfter']);
  return value === undefined ? undefined : { value, origin };
}
