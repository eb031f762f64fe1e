import type { FileOrigin, Server, Setting } from '../../../model/import/landscape.ts';
import { isWithin } from '../../../model/import/packages/version.ts';
import { durationText } from '../../../model/quantity-text.ts';
import { finding, placeOf } from '../../decide.ts';
import { duration, text } from '../../evidence.ts';
import type { Suspicion } from '../../finding.ts';
import type { Rule } from '../../rule.ts';
import { placeOfOwner } from '../../workloads/workload.ts';

/** The first that counts the time of headers from their own beginning, not the last request. */
const countsAnew = '12.19.0';
/** The first that looks at all connections at once, and takes the smaller time for the headers. */
const swaps = '18.0.0';

export const nj02: Rule = {
  id: 'NJ02',
  name: 'timeouts of a server that work against each other',
  severity: 'medium',
  formula:
    'headersTimeout <= keepAliveTimeout before Node 12.19; headersTimeout > requestTimeout from ' +
    'Node 18 on; or no requestTimeout',
  why:
    'old versions of Node cut off a request that comes late over a kept connection; newer ones swap ' +
    'the two times when that of the headers is the longer; and without any, whoever sends half a ' +
    'request keeps a connection for ever',
  sources: [
    'https://github.com/nodejs/node/issues/27363',
    'https://github.com/nodejs/node/blob/main/src/node_http_parser.cc',
    'https://nodejs.org/api/http.html#serverrequesttimeout',
  ],
  remedy:
    'Keep keepAliveTimeout above that of the load balancer, headersTimeout below requestTimeout, ' +
    'and both of these finite.',
  needs: ['the version of Node', 'the timeouts of its HTTP server, by the code or its defaults'],
  *decide(landscape) {
    for (const server of landscape.servers) {
      const at = placeOfOwner(landscape, server.owner);
      yield* [cutOff(server, at), swapped(server, at), endless(server, at)].filter(
        (it) => it !== undefined,
      );
    }
  },
};

function cutOff(server: Server, at: FileOrigin | undefined): Suspicion | undefined {
  const { owner, who, nodeVersion, keepAliveTimeoutMs: idle, headersTimeoutMs: headers } = server;
  if (!isWithin(nodeVersion.value, '0.0.0', countsAnew)) return undefined;
  if (idle === undefined || headers === undefined || headers.value > idle.value) return undefined;
  return finding(owner, {
    severity: 'high',
    what:
      `it keeps idle connections for ${durationText(idle.value)}, and ${who} cuts off a request ` +
      `that begins more than ${durationText(headers.value)} after the one before`,
    numbers: [
      duration(`keep-alive time of ${owner}`, idle),
      duration(`timeout of headers of ${owner}`, headers),
      text(`Node of ${owner}`, nodeVersion),
    ],
    passes: `a headersTimeout above ${durationText(idle.value)}, or Node ${countsAnew}`,
    at: placeOf(headers.origin, idle.origin, at),
  });
}

function swapped(server: Server, at: FileOrigin | undefined): Suspicion | undefined {
  const { owner, who, nodeVersion, headersTimeoutMs: headers, requestTimeoutMs: whole } = server;
  if (!isWithin(nodeVersion.value, swaps, undefined)) return undefined;
  if (!isFinite(headers) || !isFinite(whole) || headers.value <= whole.value) return undefined;
  return finding(owner, {
    what:
      `${who} swaps its timeouts: headers have ${durationText(whole.value)}, and a ` +
      `request ${durationText(headers.value)}`,
    numbers: [
      duration(`timeout of headers of ${owner}`, headers),
      duration(`timeout of a request of ${owner}`, whole),
    ],
    passes: `a headersTimeout of ${durationText(whole.value)} or less, or a longer requestTimeout`,
    at: placeOf(headers.origin, whole.origin, at),
  });
}

function isFinite(setting: Setting<number> | undefined): setting is Setting<number> {
  return setting !== undefined && setting.value < Infinity;
}

function endless(server: Server, at: FileOrigin | undefined): Suspicion | undefined {
  const { owner, nodeVersion, requestTimeoutMs: whole } = server;
  if (whole?.value !== Infinity) return undefined;
  return finding(owner, {
    what: 'a request may take for ever to arrive, and keeps its connection as long',
    numbers: [
      duration(`timeout of a request of ${owner}`, whole),
      ...(whole.origin.kind === 'default' ? [text(`Node of ${owner}`, nodeVersion)] : []),
    ],
    passes: 'a requestTimeout of 300 s, as Node has it by itself since version 18',
    at: placeOf(whole.origin, at),
  });
}
