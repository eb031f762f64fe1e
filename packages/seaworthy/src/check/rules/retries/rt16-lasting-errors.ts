import { finding } from '../../decide.ts';
import { retryingLayers } from '../../edges/attempts.ts';
import { edgeName, edgePlace, layerName } from '../../edges/edge.ts';
import { context, count, text } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { lastingConditions } from './conditions.ts';

export const rt16: Rule = {
  id: 'RT16',
  name: 'errors are retried that will not go away',
  severity: 'medium',
  formula: 'attempts > 1 on 400, 401, 403, 404, 405, 409, 413, 422 or 501',
  why: 'the same request gets the same answer: more load and more latency for nothing',
  sources: [
    'https://learn.microsoft.com/en-us/azure/architecture/best-practices/transient-faults',
    'https://www.rfc-editor.org/rfc/rfc9110#section-15.5',
  ],
  remedy: 'Retry connection failures, 502, 503 and 504, and 429 after its Retry-After.',
  needs: ['the attempts and conditions of a layer'],
  *decide({ edges }) {
    for (const edge of edges) {
      for (const { layer, attempts } of retryingLayers(edge)) {
        const conditions = lastingConditions(layer);
        if (layer.retryOn === undefined || conditions.length === 0) continue;
        const name = layerName(edge, layer);
        yield finding(edgeName(edge), {
          what: `${layer.who} tries again after ${conditions.join(', ')}`,
          numbers: [
            context(count(`attempts of ${name}`, attempts)),
            text(`conditions of ${name}`, {
              ...layer.retryOn,
              value: layer.retryOn.value.join(', '),
            }),
          ],
          passes: `conditions without ${conditions.join(', ')}`,
          at: edgePlace(edge, layer, layer.retryOn.origin),
        });
      }
    }
  },
};
