import { finding, lacks } from '../../decide.ts';
import { retryingLayers } from '../../edges/attempts.ts';
import { edgeName, edgePlace, layerName } from '../../edges/edge.ts';
import { count, share } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { callerCount } from '../../traffic/traffic.ts';

const mediumFrom = 10;
const highFrom = 100;

export const rt11: Rule = {
  id: 'RT11',
  name: 'retries in step',
  severity: 'medium',
  formula: 'delays without jitter, and 10 or more callers; from 100 callers on high',
  why:
    'all that failed together try again together, in waves that are as high as the first one and ' +
    'find the callee down again',
  sources: [
    'https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/',
    'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_mitigate_interaction_failure_limit_retries.html',
  ],
  remedy: 'Draw each delay between zero and its full length (`jitter: full`, `randomize: true`).',
  needs: ['the delays of a layer', 'the number of callers'],
  *decide(landscape) {
    for (const edge of landscape.edges) {
      for (const { layer } of retryingLayers(edge)) {
        const jitter = layer.backoff?.jitterShare;
        if (jitter === undefined || jitter.value > 0) continue;
        const callers = callerCount(landscape, edge.from);
        if (callers === undefined) yield lacks(edgeName(edge), 'the number of its callers');
        if (callers === undefined || callers.value < mediumFrom) continue;
        const name = layerName(edge, layer);
        yield finding(edgeName(edge), {
          severity: callers.value >= highFrom ? 'high' : 'medium',
          what: `${callers.value} callers that fail together wait exactly as long, and try again together`,
          numbers: [
            count(`callers of ${edgeName(edge)}`, callers),
            share(`jitter of ${name}`, jitter),
          ],
          passes: 'full jitter',
          at: edgePlace(edge, layer, jitter.origin),
        });
      }
    }
  },
};
