import { finding, placeOf } from '../../decide.ts';
import { count } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { poolsTo } from './holders.ts';

/** Two for each core, and one for the disk: what a database works on at once. */
const perCore = 2;
const forDisk = 1;
/** Not all connections work at the same time. */
const factorMax = 4;

export const pq03: Rule = {
  id: 'PQ03',
  name: 'more connections than the database can work on',
  severity: 'medium',
  formula: 'the sum of all pools > 4 x (cores of the database x 2 + 1)',
  why:
    'under load all connections are busy at once, the database switches between them instead of ' +
    'finishing any, and everything gets slower together',
  sources: ['https://github.com/brettwooldridge/HikariCP/wiki/About-Pool-Sizing'],
  remedy: 'Make the pools smaller: requests wait cheaper in front of the database than within.',
  needs: ['the pools and replicas of all callers of a database', 'its cores'],
  *decide(landscape) {
    for (const database of landscape.databases) {
      const { cores, name } = database;
      if (cores === undefined) continue;
      const holders = poolsTo(landscape, name);
      const sum = holders.reduce((total, { connections }) => total + connections, 0);
      const able = Math.floor(cores.value * perCore + forDisk);
      if (sum <= able * factorMax) continue;
      yield finding(name, {
        what: `its callers may open ${sum} connections, and with its cores it works on ${able} at once`,
        numbers: [count(`cores of ${name}`, cores), ...holders.flatMap(({ numbers }) => numbers)],
        passes: `${able * factorMax} connections at most, of all pools together`,
        at: placeOf(...holders.map(({ pool }) => pool.size.origin), cores.origin, database.at),
      });
    }
  },
};
