import { rateText, shareText } from '../../../model/quantity-text.ts';
import { finding, placeOf } from '../../decide.ts';
import { edgeName, layerName } from '../../edges/edge.ts';
import { rate, share } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { capacityOf } from '../../traffic/capacity.ts';
import { Traffic } from '../../traffic/traffic.ts';

export const cb08: Rule = {
  id: 'CB08',
  name: 'ejected replicas leave too few',
  severity: 'high',
  formula: '(1 - the share that may be ejected) x capacity of all replicas < peak rate',
  why: 'the replicas that are left get more than they can carry, fail in turn, and are ejected',
  sources: [
    'https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/outlier',
    'https://istio.io/latest/docs/reference/config/networking/destination-rule/#OutlierDetection',
  ],
  remedy: 'Lower maxEjectionPercent to what the others can carry, or run more replicas.',
  needs: ['the share that may be ejected', 'the capacity of the callee', 'its peak rate'],
  *decide(landscape) {
    const traffic = new Traffic(landscape);
    for (const edge of landscape.edges) {
      const capacity = capacityOf(landscape, edge.to);
      const calls = traffic.into(edge.to);
      for (const layer of edge.layers) {
        const ejected = layer.outliers?.ejectedShareMax;
        if (ejected === undefined || capacity === undefined || calls === undefined) continue;
        const left = (1 - ejected.value) * capacity.value;
        // Beyond the capacity of all of them it is a matter of PQ17.
        if (left >= calls.value || calls.value > capacity.value) continue;
        const fair = 1 - calls.value / capacity.value;
        yield finding(edgeName(edge), {
          what:
            `with ${shareText(ejected.value)} of ${edge.to} ejected, the rest can carry ` +
            `${rateText(left)} of ${rateText(calls.value)}`,
          numbers: [
            share(`ejected at most, of ${layerName(edge, layer)}`, ejected),
            rate(`capacity of ${edge.to}`, capacity),
            rate(`peak into ${edge.to}`, calls),
          ],
          passes: `${Math.floor(fair * 100)} % at most`,
          at: placeOf(ejected.origin, layer.at, edge.found.origin),
        });
      }
    }
  },
};
