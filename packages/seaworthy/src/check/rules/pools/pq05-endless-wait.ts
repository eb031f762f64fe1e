import { durationText } from '../../../model/quantity-text.ts';
import { finding, placeOf } from '../../decide.ts';
import { EdgeGraph } from '../../edges/graph.ts';
import { shortestPatience } from '../../edges/patience.ts';
import { duration } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { placeOfOwner } from '../../workloads/workload.ts';

export const pq05: Rule = {
  id: 'PQ05',
  name: 'waiting for a connection longer than anybody waits for the answer',
  severity: 'high',
  formula: 'wait for a connection unbounded, or >= the timeout of a caller',
  why:
    'when the pool is empty, requests wait instead of failing: memory fills up, the callers give up ' +
    'and come again, and no error says why',
  sources: [
    'https://node-postgres.com/apis/pool',
    'https://github.com/brettwooldridge/HikariCP#frequently-used',
  ],
  remedy:
    'Bound the wait well below the timeout of the callers (`connectionTimeoutMillis` of pg, ' +
    '`acquireConnectionTimeout` of knex, `waitQueueTimeoutMS` of mongodb).',
  needs: ['the wait of a pool', 'the timeouts of the callers of its workload'],
  *decide(landscape) {
    const { pools, edges } = landscape;
    const graph = new EdgeGraph(edges);
    for (const { owner, to, who, acquireTimeoutMs: wait, at } of pools) {
      if (wait === undefined) continue;
      const shortest = shortestPatience(graph, owner);
      if (wait.value < shortest.ms) continue;
      const place = to === undefined ? '' : ` to ${to}`;
      yield finding(owner, {
        what:
          wait.value === Infinity
            ? `${who} waits for a free connection${place} for ever`
            : `${who} waits ${durationText(wait.value)} for a connection${place}, and callers wait ` +
              `${durationText(shortest.ms)} for the answer`,
        numbers: [
          duration(`wait for a connection of ${who}`, wait),
          ...(wait.value === Infinity ? [] : shortest.numbers),
        ],
        passes:
          shortest.ms === Infinity
            ? 'a wait of 1 s'
            : `a wait below ${durationText(shortest.ms)}; a quarter of it is plenty`,
        at: placeOf(wait.origin, at, placeOfOwner(landscape, owner)),
      });
    }
  },
};
