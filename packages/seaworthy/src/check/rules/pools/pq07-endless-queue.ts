import { finding, placeOf } from '../../decide.ts';
import { count, duration } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { placeOfOwner } from '../../workloads/workload.ts';

export const pq07: Rule = {
  id: 'PQ07',
  name: 'a queue without an end in a client',
  severity: 'high',
  formula:
    'commands wait in memory without bound while there is no connection, and none of them times out',
  why: 'while the server is away the process fills up with what it wants to ask, until it is killed',
  sources: [
    'https://github.com/redis/ioredis#offline-queue',
    'https://github.com/redis/node-redis/blob/master/docs/client-configuration.md',
  ],
  remedy:
    'Switch the offline queue off, or bound it (`commandsQueueMaxLength`), or time commands out.',
  needs: ['the queue of a client, and its timeouts'],
  *decide(landscape) {
    const { caches, pools } = landscape;
    for (const { owner, who, offlineQueueMax: queue, commandTimeoutMs: timeout, at } of caches) {
      if (queue?.value !== Infinity || (timeout?.value ?? Infinity) < Infinity) continue;
      yield finding(owner, {
        what: `${who} keeps any number of commands while there is no connection`,
        numbers: [
          count(`commands that ${who} keeps`, queue),
          ...(timeout ? [duration(`timeout of a command of ${who}`, timeout)] : []),
        ],
        passes: 'no offline queue, or a timeout for each command',
        at: placeOf(queue.origin, at, placeOfOwner(landscape, owner)),
      });
    }
    for (const { owner, who, queueMax: queue, acquireTimeoutMs: wait, at } of pools) {
      // Whose wait has an end, or none at all, is a matter of PQ05.
      if (queue?.value !== Infinity || wait !== undefined) continue;
      yield finding(owner, {
        what: `any number of requests may wait for a connection of ${who}`,
        numbers: [count(`requests that may wait for ${who}`, queue)],
        passes: 'a bound, such as twice the connections',
        at: placeOf(queue.origin, at, placeOfOwner(landscape, owner)),
      });
    }
  },
};
