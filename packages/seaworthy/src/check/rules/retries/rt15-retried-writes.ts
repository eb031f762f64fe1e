import type { CallEdge, PolicyLayer } from '../../../model/import/landscape.ts';
import { finding, lacks } from '../../decide.ts';
import { retryingLayers } from '../../edges/attempts.ts';
import { edgeName, edgePlace, layerName } from '../../edges/edge.ts';
import { count, flag, text } from '../../evidence.ts';
import type { Evidence } from '../../finding.ts';
import type { Rule } from '../../rule.ts';
import { retriedWrites, unsafeConditions } from './conditions.ts';

export const rt15: Rule = {
  id: 'RT15',
  name: 'what must not happen twice is retried',
  severity: 'high',
  formula:
    'attempts > 1 for POST or PATCH, or on an edge that writes, after more than a failed connection ' +
    '(connect-failure, refused-stream, reset-before-request)',
  why:
    'a timeout or a 5xx says nothing about whether it was done: the second attempt orders, pays or ' +
    'sends once more',
  sources: [
    'https://github.com/istio/istio/issues/50506',
    'https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-retry-on',
    'https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header',
  ],
  remedy:
    'Retry writes only where they carry an idempotency key that the callee honours, or only after ' +
    'connections that failed: retryOn connect-failure,refused-stream,reset-before-request.',
  needs: ['the attempts and conditions of a layer', 'whether its calls write'],
  *decide({ edges }) {
    for (const edge of edges) {
      for (const { layer, attempts } of retryingLayers(edge)) {
        const conditions = unsafeConditions(layer);
        if (layer.retryOn === undefined || conditions.length === 0) continue;
        const writes = writesEvidence(edge, layer);
        if (writes === undefined) {
          yield lacks(edgeName(edge), 'whether its calls change something');
          continue;
        }
        if (writes.length === 0) continue;
        const name = layerName(edge, layer);
        yield finding(edgeName(edge), {
          what:
            `${layer.who} sends writes up to ${attempts.value} times, also after ` +
            `${conditions.join(', ')}, when they may have been done`,
          numbers: [
            ...writes,
            count(`attempts of ${name}`, attempts),
            text(`conditions of ${name}`, {
              ...layer.retryOn,
              value: layer.retryOn.value.join(', '),
            }),
          ],
          passes: '1 attempt, or connect-failure, refused-stream and reset-before-request alone',
          at: edgePlace(edge, layer, attempts.origin),
        });
      }
    }
  },
};

/** Undefined: nothing tells whether it writes. Empty: it does not. */
function writesEvidence(edge: CallEdge, layer: PolicyLayer): readonly Evidence[] | undefined {
  const methods = retriedWrites(layer);
  if (layer.retryMethods !== undefined) {
    if (methods.length === 0) return [];
    return [text(`methods of ${layer.who}`, { ...layer.retryMethods, value: methods.join(', ') })];
  }
  if (edge.writes === undefined) return undefined;
  return edge.writes.value ? [flag(`${edgeName(edge)} writes`, edge.writes)] : [];
}
