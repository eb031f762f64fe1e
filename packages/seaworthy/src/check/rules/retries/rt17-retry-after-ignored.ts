import { finding } from '../../decide.ts';
import { retryingLayers } from '../../edges/attempts.ts';
import { edgeName, edgePlace, layerName } from '../../edges/edge.ts';
import { flag, text } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { sheddingConditions } from './conditions.ts';

export const rt17: Rule = {
  id: 'RT17',
  name: 'Retry-After is not obeyed',
  severity: 'medium',
  formula: 'attempts > 1 on 429 or 503, by a layer that does not wait for Retry-After',
  why: 'a callee that sheds load says when to come back, and is hammered all the same',
  sources: [
    'https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3',
    'https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-retrypolicy-ratelimitedretrybackoff',
  ],
  remedy: 'Wait as long as Retry-After says, or do not retry 429 and 503.',
  needs: ['the conditions of a layer, and whether it obeys Retry-After'],
  *decide({ edges }) {
    for (const edge of edges) {
      for (const { layer } of retryingLayers(edge)) {
        const { honoursRetryAfter: honours, retryOn } = layer;
        const conditions = sheddingConditions(layer);
        if (retryOn === undefined || honours?.value !== false || conditions.length === 0) continue;
        const name = layerName(edge, layer);
        yield finding(edgeName(edge), {
          what: `${layer.who} retries ${conditions.join(', ')} by its own delays, whatever the callee asks`,
          numbers: [
            text(`conditions of ${name}`, { ...retryOn, value: retryOn.value.join(', ') }),
            flag(`${name} obeys Retry-After`, honours),
          ],
          passes: 'a client that obeys Retry-After',
          at: edgePlace(edge, layer, retryOn.origin),
        });
      }
    }
  },
};
