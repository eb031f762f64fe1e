import { callEdit } from '../../../model/edit/edits.ts';
import { finding } from '../../decide.ts';
import { attemptsEvidence, attemptsOn, retryingLayers } from '../../edges/attempts.ts';
import { edgeName, edgePlace } from '../../edges/edge.ts';
import type { Rule } from '../../rule.ts';

export const rt02: Rule = {
  id: 'RT02',
  name: 'more than one layer retries the same call',
  severity: 'high',
  formula: 'two or more layers of one edge with attempts above 1',
  why: 'each try of the outer layer is a whole call of the inner one, so their attempts multiply',
  sources: [
    'https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/',
    'https://istio.io/latest/docs/concepts/traffic-management/#retries',
  ],
  remedy:
    'Choose one layer that retries. For Istio, `retries: { attempts: 0 }` in the route, or ' +
    '`defaultHttpRetryPolicy` of the mesh, turns off what it does by default.',
  needs: ['all layers of an edge that retry: application, library, mesh, gateway'],
  *decide({ edges }) {
    for (const edge of edges) {
      const layers = retryingLayers(edge);
      if (layers.length < 2) continue;
      const names = layers.map(({ layer, attempts }) => `${layer.who} ${attempts.value}`);
      const outermost = layers[0]!;
      const most = Math.max(...layers.map(({ attempts }) => attempts.value));
      yield finding(edgeName(edge), {
        what: `${layers.length} layers retry it: ${names.join(' x ')} = ${attemptsOn(edge)} attempts`,
        numbers: attemptsEvidence(edge),
        passes: 'attempts above 1 in one layer only',
        proposed: [callEdit(edgeName(edge), 'retry.attempts', most)],
        at: edgePlace(edge, outermost.layer, outermost.attempts.origin),
      });
    }
  },
};
