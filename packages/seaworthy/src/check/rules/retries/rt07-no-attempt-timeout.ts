import { callEdit } from '../../../model/edit/edits.ts';
import { durationText } from '../../../model/quantity-text.ts';
import { finding } from '../../decide.ts';
import { retryingLayers } from '../../edges/attempts.ts';
import { edgeName, edgePlace, layerName } from '../../edges/edge.ts';
import { count, duration } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';

export const rt07: Rule = {
  id: 'RT07',
  name: 'retries without a timeout for each attempt',
  severity: 'high',
  formula: 'attempts > 1, a finite timeout for all of them, and the timeout of one attempt >= it',
  why: 'the first attempt that hangs uses up all the time, and no other is ever made',
  sources: [
    'https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRetry',
    'https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter',
  ],
  remedy: 'Set a timeout for one attempt, a little above the p99.9 of a healthy answer.',
  needs: ['the attempts of a layer', 'its timeouts, of one attempt and of all'],
  *decide({ edges }) {
    for (const edge of edges) {
      for (const { layer, attempts } of retryingLayers(edge)) {
        const { timeoutMs: whole, tryTimeoutMs: attempt } = layer;
        if (whole === undefined || whole.value === Infinity) continue;
        if (attempt !== undefined && attempt.value < whole.value) continue;
        const name = layerName(edge, layer);
        const given =
          attempt === undefined || attempt.value === Infinity
            ? 'has no timeout of its own'
            : `may take ${durationText(attempt.value)}`;
        const fairMs = whole.value / attempts.value;
        const proposedMs = Math.ceil(fairMs) - 1;
        yield finding(edgeName(edge), {
          what:
            `${layer.who} makes up to ${attempts.value} attempts within ` +
            `${durationText(whole.value)}, and the first ${given}`,
          numbers: [
            count(`attempts of ${name}`, attempts),
            duration(`timeout of ${name}`, whole),
            ...(attempt === undefined
              ? []
              : [duration(`timeout of an attempt of ${name}`, attempt)]),
          ],
          passes: `a timeout below ${durationText(fairMs)} for each attempt`,
          ...(proposedMs > 0 && {
            proposed: [callEdit(edgeName(edge), 'timeout', `${proposedMs}ms`)],
          }),
          at: edgePlace(edge, layer, attempts.origin),
        });
      }
    }
  },
};
