import { finding, placeOf } from '../../decide.ts';
import { duration } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { placeOfOwner } from '../../workloads/workload.ts';

export const pq12: Rule = {
  id: 'PQ12',
  name: 'connections that are never replaced',
  severity: 'medium',
  formula: 'no longest life of a connection in a pool',
  why:
    'firewalls and failovers cut old connections without a word, and the next query on each of them ' +
    'hangs; after a failover all reconnect at once, and never spread again',
  sources: [
    'https://github.com/brettwooldridge/HikariCP#infrequently-used',
    'https://node-postgres.com/apis/pool',
  ],
  remedy:
    'Replace connections after some minutes, below every idle limit on the way ' +
    '(`maxLifetimeSeconds: 600` of pg).',
  needs: ['the longest life of the connections of a pool'],
  *decide(landscape) {
    const { pools } = landscape;
    for (const { owner, to, who, lifetimeMs: life, at } of pools) {
      if (life?.value !== Infinity) continue;
      yield finding(owner, {
        what: `${who} keeps its connections${to === undefined ? '' : ` to ${to}`} for ever`,
        numbers: [duration(`longest life of a connection of ${who}`, life)],
        passes: '10 min',
        at: placeOf(life.origin, at, placeOfOwner(landscape, owner)),
      });
    }
  },
};
