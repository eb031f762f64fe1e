import { durationText } from '../../../model/quantity-text.ts';
import { finding } from '../../decide.ts';
import { attemptsEvidence, attemptsOn } from '../../edges/attempts.ts';
import { edgeName, edgePlace, layerName } from '../../edges/edge.ts';
import { attemptPatience } from '../../edges/worst-case.ts';
import { duration } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';

export const rt22: Rule = {
  id: 'RT22',
  name: 'connecting may take all of an attempt',
  severity: 'medium',
  formula: 'attempts > 1, and connect timeout >= timeout of an attempt',
  why:
    'a host that is gone does not answer at all: each attempt to reach it takes its whole time, and ' +
    'none is left for a replica that lives',
  sources: [
    'https://github.com/nodejs/undici/blob/main/docs/docs/api/Client.md',
    'https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings-TCPSettings',
  ],
  remedy: 'Set a connect timeout of a few round trips: 1 s is plenty within a region.',
  needs: ['the connect timeout of a layer', 'the timeout of an attempt'],
  *decide({ edges }) {
    for (const edge of edges) {
      const patience = attemptPatience(edge);
      if (patience.ms === Infinity || attemptsOn(edge) <= 1) continue;
      for (const layer of edge.layers) {
        const { connectTimeoutMs: connect } = layer;
        if (connect === undefined || connect.value < patience.ms) continue;
        yield finding(edgeName(edge), {
          what:
            `${layer.who} tries to connect for ${durationText(connect.value)}, and an attempt has ` +
            `${durationText(patience.ms)} in all`,
          numbers: [
            duration(`connect timeout of ${layerName(edge, layer)}`, connect),
            ...patience.numbers,
            ...attemptsEvidence(edge),
          ],
          passes: `a connect timeout below ${durationText(patience.ms)}`,
          at: edgePlace(edge, layer, connect.origin),
        });
      }
    }
  },
};
