import { durationText, shareText } from '../../../model/quantity-text.ts';
import { finding, lacks } from '../../decide.ts';
import { edgeName, edgePlace, layerName } from '../../edges/edge.ts';
import { duration, flag } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { shareAbove } from '../../../model/distribution.ts';
import { atShare, latencyInput, latencyOver } from '../../traffic/latency.ts';

/** A tenth more load is what hedging is worth: Dean and Barroso wait for the p95. */
const extraMax = 0.1;

export const rt19: Rule = {
  id: 'RT19',
  name: 'hedges that cost too much, or do things twice',
  severity: 'medium',
  formula:
    'more than 10 % of the ordinary answers take longer than the hedge delay; or the edge writes',
  why:
    'each hedge is a whole attempt more: when the callee slows down a little, all calls are made ' +
    'twice, and it slows down more',
  sources: ['https://research.google/pubs/the-tail-at-scale/'],
  remedy: 'Hedge after the p95, within the retry budget, and only what may run twice.',
  needs: ['the hedge delay', 'the latency of the callee, by quantiles', 'whether its calls write'],
  *decide(landscape) {
    for (const edge of landscape.edges) {
      for (const layer of edge.layers) {
        const { hedgeAfterMs: delay } = layer;
        if (delay === undefined) continue;
        const name = layerName(edge, layer);
        const numbers = [duration(`hedge delay of ${name}`, delay)];
        const at = edgePlace(edge, layer, delay.origin);
        if (edge.writes?.value === true) {
          yield finding(edgeName(edge), {
            severity: 'high',
            what: 'it writes, and is hedged: both attempts may be done',
            numbers: [...numbers, flag(`${edgeName(edge)} writes`, edge.writes)],
            passes: 'no hedge',
            at,
          });
        }
        const latency = latencyOver(landscape, edge);
        const extra = latency && shareAbove(latency.value, delay.value);
        if (latency === undefined || extra === undefined) {
          yield lacks(edgeName(edge), latencyInput);
          continue;
        }
        if (extra <= extraMax) continue;
        const p95 = atShare(latency.value, 0.95);
        yield finding(edgeName(edge), {
          what: `${shareText(extra)} of the ordinary answers take longer than the delay, and are hedged`,
          numbers,
          passes: `a delay of ${p95 === undefined ? 'the p95' : durationText(p95)}`,
          at,
        });
      }
    }
  },
};
