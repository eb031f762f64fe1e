import { finding } from '../../decide.ts';
import { retryingLayers } from '../../edges/attempts.ts';
import { edgeName, edgePlace, layerName } from '../../edges/edge.ts';
import { context, count, duration } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';

export const rt12: Rule = {
  id: 'RT12',
  name: 'retries without a delay',
  severity: 'medium',
  formula: 'attempts > 1, and a first delay of 0',
  why:
    'whatever made the first attempt fail has not changed when the next is made: all attempts are ' +
    'spent within a moment, at the worst of times',
  sources: [
    'https://dl.acm.org/doi/10.1145/3694715.3695971',
    'https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/',
  ],
  remedy: 'Wait between attempts: 50 ms at first, twice as long each time, with full jitter.',
  needs: ['the attempts and delays of a layer'],
  *decide({ edges }) {
    for (const edge of edges) {
      for (const { layer, attempts } of retryingLayers(edge)) {
        const { backoff } = layer;
        if (backoff === undefined || backoff.baseMs.value > 0) continue;
        const name = layerName(edge, layer);
        yield finding(edgeName(edge), {
          what: `${layer.who} makes its ${attempts.value} attempts one right after the other`,
          numbers: [
            context(count(`attempts of ${name}`, attempts)),
            duration(`first delay of ${name}`, backoff.baseMs),
          ],
          passes: 'a first delay of 50 ms',
          at: edgePlace(edge, layer, backoff.baseMs.origin),
        });
      }
    }
  },
};
