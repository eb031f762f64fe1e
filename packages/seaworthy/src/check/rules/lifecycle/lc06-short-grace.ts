import type { Landscape, Setting, Workload } from '../../../model/import/landscape.ts';
import { durationText } from '../../../model/quantity-text.ts';
import { isOnKubernetes } from '../../../model/import/kubernetes/platform.ts';
import { finding, placeOf } from '../../decide.ts';
import { EdgeGraph } from '../../edges/graph.ts';
import { handlerWorstCase } from '../../edges/handler.ts';
import { duration } from '../../evidence.ts';
import type { Evidence } from '../../finding.ts';
import type { Rule } from '../../rule.ts';
import { takesRequests } from '../../workloads/workload.ts';

/** Pools are closed and the last answers written when no request is left. */
const closingMs = 1000;

/** How long requests may still arrive: endpoints are taken away while the pod is told to stop. */
const removal: Setting<number> = {
  value: 5000,
  origin: {
    kind: 'guess',
    why: 'until all have heard that the pod is gone',
  },
};

export const lc06: Rule = {
  id: 'LC06',
  name: 'killed before the last requests are answered',
  severity: 'high',
  formula:
    'grace period < preStop (on Kubernetes at least 5 s until no more requests arrive) + the longest ' +
    'request + 1 s to close',
  why: 'every deploy, drain and scale-in cuts requests off that are being worked on',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
    'https://docs.docker.com/reference/compose-file/services/#stop_grace_period',
  ],
  remedy:
    'Raise terminationGracePeriodSeconds (stop_grace_period in compose), or bound the requests by ' +
    'shorter timeouts.',
  needs: ['the grace period and preStop', 'the timeouts of the calls that a request makes'],
  *decide(landscape) {
    const graph = new EdgeGraph(landscape.edges);
    for (const workload of landscape.workloads) {
      if (!takesRequests(workload)) continue;
      const parts = [...stopping(workload), ...longestRequest(landscape, graph, workload)];
      const needed = parts.reduce((sum, { ms }) => sum + ms, closingMs);
      const { graceMs } = workload;
      if (graceMs.value >= needed) continue;
      yield finding(workload.name, {
        what:
          `it is killed ${durationText(graceMs.value)} after it was told to stop, and needs ` +
          `${durationText(needed)}: ` +
          [...parts.map(({ what, ms }) => `${durationText(ms)} ${what}`), '1 s to close'].join(
            ', ',
          ),
        numbers: [duration('grace period', graceMs), ...parts.flatMap(({ numbers }) => numbers)],
        passes: `a grace period of ${durationText(needed)} or more`,
        at: placeOf(graceMs.origin, workload.at),
      });
    }
  },
};

interface Part {
  readonly what: string;
  readonly ms: number;
  readonly numbers: readonly Evidence[];
}

/** The time in which requests still come. */
function stopping(workload: Workload): readonly Part[] {
  const sleeps = workload.containers
    .map(({ preStop }) => preStop?.sleepMs)
    .filter((sleep) => sleep !== undefined);
  const longest = sleeps.toSorted((a, b) => b.value - a.value)[0];
  if (longest !== undefined) {
    return [{ what: 'in preStop', ms: longest.value, numbers: [duration('preStop', longest)] }];
  }
  if (!isOnKubernetes(workload)) return [];
  return [
    {
      what: 'in which requests still arrive',
      ms: removal.value,
      numbers: [duration('requests still arrive', removal)],
    },
  ];
}

function longestRequest(
  landscape: Landscape,
  graph: EdgeGraph,
  { serves }: Workload,
): readonly Part[] {
  const { ms, numbers } = handlerWorstCase(landscape, graph, serves);
  return ms === 0 ? [] : [{ what: 'for the longest request', ms, numbers }];
}
