import { durationText } from '../../../model/quantity-text.ts';
import { finding, lacks, placeOf } from '../../decide.ts';
import { EdgeGraph } from '../../edges/graph.ts';
import { shortestPatience } from '../../edges/patience.ts';
import { duration } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { placeOfOwner } from '../../workloads/workload.ts';

export const nj13: Rule = {
  id: 'NJ13',
  name: 'waits for a primary longer than anybody waits for the answer',
  severity: 'medium',
  formula:
    'serverSelectionTimeoutMS of the mongodb driver (30 s by default) >= timeout of a caller',
  why:
    'while a replica set elects a primary, some ten seconds, each command waits in memory: the ' +
    'callers give up and come again, and the new primary gets the work of all of them at once',
  sources: [
    'https://www.mongodb.com/docs/drivers/node/current/connect/connection-options/',
    'https://www.mongodb.com/docs/manual/core/replica-set-elections/',
  ],
  remedy:
    'Set serverSelectionTimeoutMS below the timeout of the callers, in the client or in the address ' +
    'of the database; and a timeoutMS for the operation as a whole.',
  needs: ['the options of the client or its version', 'the timeouts of the callers'],
  *decide(landscape) {
    const graph = new EdgeGraph(landscape.edges);
    for (const { owner, who, serverWaitMs: wait, at } of landscape.pools) {
      if (wait === undefined) continue;
      const shortest = shortestPatience(graph, owner);
      if (shortest.ms === Infinity) yield lacks(owner, 'how long its callers wait');
      else if (wait.value >= shortest.ms) {
        yield finding(owner, {
          what:
            `${who} waits ${durationText(wait.value)} for a server that takes its command, and ` +
            `callers wait ${durationText(shortest.ms)} for the answer`,
          numbers: [duration(`serverSelectionTimeoutMS of ${who}`, wait), ...shortest.numbers],
          passes: `serverSelectionTimeoutMS below ${durationText(shortest.ms)}`,
          at: placeOf(wait.origin, at, placeOfOwner(landscape, owner)),
        });
      }
    }
  },
};
