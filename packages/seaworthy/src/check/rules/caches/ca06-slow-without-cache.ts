import { durationText } from '../../../model/quantity-text.ts';
import { finding, placeOf } from '../../decide.ts';
import { EdgeGraph } from '../../edges/graph.ts';
import { attemptPatience } from '../../edges/worst-case.ts';
import { duration } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { placeOfOwner } from '../../workloads/workload.ts';

/** Nobody waits longer for an answer that could be had without the cache. */
const longestMs = 60_000;

export const ca06: Rule = {
  id: 'CA06',
  name: 'a cache that blocks when it is away',
  severity: 'high',
  formula:
    'longest time of one cache command > the timeout of a caller, or 60 s where none is known',
  why:
    'a cache is there to make answers faster; when it is down, each request waits for it first, and ' +
    'is given up before the database is even asked',
  sources: [
    'https://github.com/redis/ioredis#auto-reconnect',
    'https://github.com/redis/node-redis/blob/master/docs/client-configuration.md',
  ],
  remedy: 'Give commands a timeout of some ten milliseconds, and treat a failure as a miss.',
  needs: [
    'the retries and timeouts of a cache client',
    'the timeouts of the callers of its workload',
  ],
  *decide(landscape) {
    const { caches, edges } = landscape;
    const graph = new EdgeGraph(edges);
    for (const { owner, who, worstWaitMs: wait, commandTimeoutMs: timeout, at } of caches) {
      const longest = timeout !== undefined && timeout.value < Infinity ? timeout : wait;
      if (longest === undefined) continue;
      const patiences = graph.to(owner).map(attemptPatience);
      const shortest = patiences.toSorted((a, b) => a.ms - b.ms)[0];
      const allowed = Math.min(longestMs, shortest?.ms ?? Infinity);
      if (longest.value <= allowed) continue;
      const isKnown = shortest !== undefined && shortest.ms < longestMs;
      yield finding(owner, {
        what:
          `a command of ${who} may take ` +
          durationText(longest.value) +
          (isKnown ? `, and callers wait ${durationText(shortest.ms)} for the whole answer` : ''),
        numbers: [
          duration(`longest time of a command of ${who}`, longest),
          ...(isKnown ? shortest.numbers : []),
        ],
        passes: `a timeout of a command below ${durationText(allowed)}; 50 ms is usual`,
        at: placeOf(longest.origin, at, placeOfOwner(landscape, owner)),
      });
    }
  },
};
