import { shareText } from '../../../model/quantity-text.ts';
import { finding, placeOf } from '../../decide.ts';
import { context, count } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { poolsTo } from './holders.ts';

const highAbove = 0.8;

export const pq02: Rule = {
  id: 'PQ02',
  name: 'pools that the database cannot hold',
  severity: 'critical',
  formula:
    'the sum over all workloads of (most replicas + surge) x processes x pool > max_connections - ' +
    'reserved; above 80 % high',
  why:
    'a scale-out or a deploy takes the last connections, and new replicas of everything fail to ' +
    'start, at the moment of highest load',
  sources: [
    'https://www.postgresql.org/docs/current/runtime-config-connection.html',
    'https://github.com/brettwooldridge/HikariCP/wiki/About-Pool-Sizing',
  ],
  remedy: 'Make the pools smaller, put a pooler before the database, or raise max_connections.',
  needs: ['the pools, replicas and surge of all callers of a database', 'its max_connections'],
  *decide(landscape) {
    for (const database of landscape.databases) {
      const { connectionsMax: most, connectionsReserved: reserved } = database;
      if (most === undefined) continue;
      const holders = poolsTo(landscape, database.name);
      const wanted = holders.reduce((sum, { connections }) => sum + connections, 0);
      const free = most.value - (reserved?.value ?? 0);
      const used = wanted / free;
      if (used <= highAbove) continue;
      const sums = holders.map(({ pool, connections }) => `${pool.owner} ${connections}`);
      yield finding(database.name, {
        severity: used > 1 ? 'critical' : 'high',
        what:
          `its callers may open ${wanted} connections (${sums.join(', ')}), ` +
          `${shareText(used)} of the ${free} that it has for them`,
        numbers: [
          count(`max_connections of ${database.name}`, most),
          ...(reserved ? [context(count('reserved connections', reserved))] : []),
          ...holders.flatMap(({ numbers }) => numbers),
        ],
        passes: `${Math.floor(free * highAbove)} connections at most, of all pools together`,
        at: placeOf(...holders.map(({ pool }) => pool.size.origin), most.origin, database.at),
      });
    }
  },
};
