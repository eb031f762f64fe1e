import { callEdit } from '../../../model/edit/edits.ts';
import { durationText, rateText } from '../../../model/quantity-text.ts';
import { finding, lacks } from '../../decide.ts';
import { edgeName, edgePlace, layerName } from '../../edges/edge.ts';
import { count, duration, rate } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { atShare, latencyInput, latencyOver } from '../../traffic/latency.ts';
import { rateInput, Traffic } from '../../traffic/traffic.ts';

export const pq09: Rule = {
  id: 'PQ09',
  name: 'a bulkhead too small for an ordinary day',
  severity: 'medium',
  formula: 'limit of one caller < its calls a second x p99 of the callee',
  why: 'calls are refused, or wait, while the callee has slots to spare',
  sources: ['https://en.wikipedia.org/wiki/Little%27s_law'],
  remedy: 'Raise the limit to the rate times the p99, or let it adapt (`limit: adaptive`).',
  needs: ['the limit of an edge', 'the rate of its calls', 'the p99 of the callee'],
  *decide(landscape) {
    const traffic = new Traffic(landscape);
    for (const edge of landscape.edges) {
      for (const layer of edge.layers) {
        const { inFlightMax: limit } = layer;
        if (limit === undefined || limit.value === Infinity) continue;
        const calls = traffic.ofEachCaller(edge);
        const latency = latencyOver(landscape, edge);
        const p99 = latency && atShare(latency.value, 0.99);
        if (calls === undefined) yield lacks(edgeName(edge), rateInput);
        else if (p99 === undefined) yield lacks(edgeName(edge), latencyInput);
        if (calls === undefined || latency === undefined || p99 === undefined) continue;
        // Less a hair: 60.000000001 calls need no slot more.
        const wanted = Math.ceil((calls.value * p99) / 1000 - 1e-6);
        if (limit.value >= wanted) continue;
        yield finding(edgeName(edge), {
          what:
            `${rateText(calls.value)} of ${durationText(p99)} each are ${wanted} calls in flight, ` +
            `and the limit is ${limit.value}`,
          numbers: [
            count(`limit of ${layerName(edge, layer)}`, limit),
            rate(`calls of one caller over ${edgeName(edge)}`, calls),
            duration(`p99 of ${edge.to}`, { value: p99, origin: latency.origin }),
          ],
          passes: `a limit of ${wanted}`,
          proposed: [callEdit(edgeName(edge), 'limit', wanted)],
          at: edgePlace(edge, layer, limit.origin),
        });
      }
    }
  },
};
