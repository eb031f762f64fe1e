import type { CallEdge, HttpAgent, Landscape } from '../../../model/import/landscape.ts';
import { finding, lacks, placeOf } from '../../decide.ts';
import { count } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { packageOf } from '../../workloads/packages.ts';
import { placeOfOwner } from '../../workloads/workload.ts';

/** What can bound the calls in flight, in code that no file shows. */
const limiters = new Set([
  '@seaworthy/policy',
  'async-sema',
  'bottleneck',
  'cockatiel',
  'opossum',
  'p-limit',
  'p-queue',
]);

export const pq13: Rule = {
  id: 'PQ13',
  name: 'any number of connections to a callee',
  severity: 'medium',
  formula:
    'an agent for HTTP without a limit of its connections (`maxSockets`, `connections`), and no ' +
    'limit of the calls in flight on the edges of its workload',
  why:
    'each call that finds all connections busy opens one more: when the callee gets slow, rate x ' +
    'latency connections hit it at once, and the caller runs out of memory and open files',
  sources: [
    'https://nodejs.org/api/http.html#new-agentoptions',
    'https://github.com/nodejs/undici/blob/main/docs/docs/api/Pool.md#parameter-pooloptions',
  ],
  remedy:
    'Bound the connections of the agent (`maxSockets: 50`, `connections: 50`), or the calls in ' +
    'flight of each edge: the calls of a second times the p99 of the callee, and some to spare.',
  needs: ['the agents that source code makes, or the HTTP client by the lock file'],
  *decide(landscape) {
    for (const agent of landscape.agents) {
      const { owner, who, at, connectionsMax } = agent;
      if (connectionsMax === undefined) yield lacks(owner, `the connections of ${who} at most`);
      if (connectionsMax?.value !== Infinity || isBounded(landscape, agent)) continue;
      const limiter = packageOf(landscape, owner, limiters);
      if (limiter !== undefined) {
        yield lacks(owner, `what its ${limiter} bounds: a seaworthy.yaml`);
        continue;
      }
      yield finding(owner, {
        what: `${who} opens any number of connections to a callee, and nothing bounds the calls`,
        numbers: [count(`connections of ${who} to one callee`, connectionsMax)],
        passes: 'a bound, such as 50 connections to each callee',
        at: placeOf(at, placeOfOwner(landscape, owner)),
      });
    }
  },
};

/** All calls that its workload is known to make have a limit on their way. */
function isBounded({ edges, databases }: Landscape, { owner }: HttpAgent): boolean {
  const isStore = (name: string): boolean => databases.some((it) => it.name === name);
  const calls = edges.filter(({ from, to }) => from === owner && !isStore(to));
  return calls.length > 0 && calls.every(hasLimit);
}

function hasLimit({ layers }: CallEdge): boolean {
  return layers.some(({ inFlightMax, connectionsMax }) => {
    return Math.min(inFlightMax?.value ?? Infinity, connectionsMax?.value ?? Infinity) < Infinity;
  });
}
