import { durationText } from '../../../model/quantity-text.ts';
import { finding } from '../../decide.ts';
import { retryingLayers } from '../../edges/attempts.ts';
import { delaysMs } from '../../edges/backoff.ts';
import { edgeName, edgePlace, layerName } from '../../edges/edge.ts';
import { context, count, duration } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';

export const rt06: Rule = {
  id: 'RT06',
  name: 'attempts that never have time',
  severity: 'medium',
  formula: 'timeout of all attempts <= (attempts - 1) x timeout of one + the delays between them',
  why:
    'when attempts time out, the last ones are never made, or have no time left: the number of ' +
    'attempts promises what it cannot keep',
  sources: [
    'https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter',
  ],
  remedy: 'Lengthen the timeout of all attempts, shorten that of one, or make fewer.',
  needs: ['the attempts, delays and both timeouts of a layer'],
  *decide({ edges }) {
    for (const edge of edges) {
      for (const { layer, attempts } of retryingLayers(edge)) {
        const { timeoutMs: whole, tryTimeoutMs: attempt } = layer;
        const delays = meanDelaysMs(layer);
        // Without a shorter timeout of one attempt, RT07 tells more.
        if (whole === undefined || attempt === undefined || attempt.value >= whole.value) continue;
        const before = (attempts.value - 1) * attempt.value + delays;
        if (attempts.value === Infinity || whole.value === Infinity || whole.value > before)
          continue;
        const name = layerName(edge, layer);
        yield finding(edgeName(edge), {
          what:
            `attempt ${attempts.value} would begin after ${durationText(before)}, and the call ends ` +
            `after ${durationText(whole.value)}`,
          numbers: [
            duration(`timeout of ${name}`, whole),
            count(`attempts of ${name}`, attempts),
            duration(`timeout of an attempt of ${name}`, attempt),
            ...(layer.backoff
              ? [context(duration(`first delay of ${name}`, layer.backoff.baseMs))]
              : []),
          ],
          passes: `a timeout of ${durationText(before + attempt.value)} for all attempts`,
          at: edgePlace(edge, layer, whole.origin),
        });
      }
    }
  },
};

/** Jitter draws delays from below: on average half of what it spreads is gone. */
function meanDelaysMs(layer: Parameters<typeof delaysMs>[0]): number {
  return delaysMs(layer) * (1 - (layer.backoff?.jitterShare?.value ?? 0) / 2);
}
