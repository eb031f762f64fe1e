import { durationText, rateText } from '../../../model/quantity-text.ts';
import { finding, lacks, placeOf } from '../../decide.ts';
import { edgeName, layerName } from '../../edges/edge.ts';
import { count, rate } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { callerCount, rateInput, Traffic } from '../../traffic/traffic.ts';

/** By then most users have noticed, and an alert has fired. */
const latestMs = 30_000;

export const cb09: Rule = {
  id: 'CB09',
  name: 'a bad replica is ejected too late',
  severity: 'medium',
  formula: 'failures in a row / calls a second of one caller to one replica > 30 s',
  why:
    'each caller counts for itself: with few calls to each replica it takes minutes until one that ' +
    'only fails is left out',
  sources: ['https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/outlier'],
  remedy:
    'Eject after fewer failures in a row (`consecutive5xxErrors: 2`), or by the success rate.',
  needs: ['the failures after which a replica is ejected', 'the rate', 'callers and replicas'],
  *decide(landscape) {
    const traffic = new Traffic(landscape);
    for (const edge of landscape.edges) {
      for (const layer of edge.layers) {
        const failures = layer.outliers?.consecutive;
        const replicas = callerCount(landscape, edge.to);
        if (failures === undefined || replicas === undefined) continue;
        const calls = traffic.ofEachCaller(edge);
        if (calls === undefined) {
          yield lacks(edgeName(edge), rateInput);
          continue;
        }
        const each = calls.value / replicas.value;
        const lateMs = (failures.value / each) * 1000;
        if (lateMs <= latestMs) continue;
        const few = Math.floor((each * latestMs) / 1000);
        yield finding(edgeName(edge), {
          what:
            `each caller sends ${rateText(each)} to each replica, so that ${failures.value} failures ` +
            `take ${durationText(lateMs)}`,
          numbers: [
            count(`failures in a row of ${layerName(edge, layer)}`, failures),
            rate(`calls of one caller over ${edgeName(edge)}`, calls),
            count(`replicas of ${edge.to}`, replicas),
          ],
          passes: few >= 1 ? `${few} failures in a row` : 'ejection by active health checks',
          at: placeOf(failures.origin, layer.at, edge.found.origin),
        });
      }
    }
  },
};
