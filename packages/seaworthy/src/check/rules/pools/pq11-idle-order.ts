import { durationText } from '../../../model/quantity-text.ts';
import { finding, lacks, placeOf } from '../../decide.ts';
import { edgeName, edgePlace, layerName } from '../../edges/edge.ts';
import { duration } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';

/** What a request needs to get there, and clocks to agree. */
const marginMs = 1000;

export const pq11: Rule = {
  id: 'PQ11',
  name: 'a connection that is reused while it is closed',
  severity: 'high',
  formula: 'idle time of the client + 1 s > keep-alive time of the server',
  why:
    'the server closes an idle connection at the moment that the client sends over it: a few ' +
    'requests in a hundred thousand fail with 502 or ECONNRESET, on calm days most of all',
  sources: [
    'https://shuheikagawa.com/blog/2019/04/25/keep-alive-timeout/',
    'https://nodejs.org/api/http.html#serverkeepalivetimeout',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#connection-idle-timeout',
  ],
  remedy:
    'Let the server keep idle connections longer than all its clients and proxies do: ' +
    '`server.keepAliveTimeout = 65_000` behind a load balancer with 60 s.',
  needs: ['the keep-alive time of the server', 'the idle time of those who call it'],
  *decide({ servers, edges }) {
    for (const { owner, who, keepAliveTimeoutMs: server } of servers) {
      if (server === undefined || server.value === Infinity) continue;
      const clients = edges
        .filter(({ to }) => to === owner)
        .flatMap((edge) => edge.layers.map((layer) => ({ edge, layer, idle: layer.idleTimeoutMs })))
        .flatMap(({ idle, ...it }) => (idle === undefined ? [] : [{ ...it, idle }]));
      if (clients.length === 0) {
        yield lacks(owner, 'how long those who call it keep idle connections');
      }
      for (const { edge, layer, idle } of clients) {
        if (idle.value + marginMs <= server.value) continue;
        yield finding(edgeName(edge), {
          what:
            `${layer.who} keeps idle connections for ${durationText(idle.value)}, and ${who} of ` +
            `${owner} closes them after ${durationText(server.value)}`,
          numbers: [
            duration(`idle time of ${layerName(edge, layer)}`, idle),
            duration(`keep-alive time of ${owner}`, server),
          ],
          passes:
            server.value > marginMs
              ? `an idle time of ${durationText(server.value - marginMs)}, or a longer keep-alive time`
              : 'a longer keep-alive time',
          at: placeOf(server.origin, idle.origin) ?? edgePlace(edge, layer),
        });
      }
    }
  },
};
