import { finding, placeOf } from '../../decide.ts';
import { duration } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { placeOfOwner } from '../../workloads/workload.ts';

export const nj14: Rule = {
  id: 'NJ14',
  name: 'cache commands without a timeout',
  severity: 'medium',
  formula: 'no timeout of a command, of a client that reconnects for ever',
  why: 'a connection that is dead and not closed answers nothing: each command on it waits',
  sources: [
    'https://github.com/redis/node-redis/blob/master/docs/client-configuration.md',
    'https://redis.github.io/ioredis/interfaces/CommonRedisOptions.html#commandTimeout',
  ],
  remedy:
    'Set commandTimeout (ioredis), or a timeout around each command, of some ten milliseconds.',
  needs: ['the timeouts of a cache client, by its settings or the defaults of its version'],
  *decide(landscape) {
    const { caches } = landscape;
    for (const { owner, to, who, commandTimeoutMs: timeout, worstWaitMs: wait, at } of caches) {
      // One that gives up by itself is a matter of CA06, and so is one that never does, when asked.
      if (timeout?.value !== Infinity || (wait?.value ?? Infinity) < Infinity) continue;
      yield finding(owner, {
        what: `${who} waits for the answer to a command${to === undefined ? '' : ` from ${to}`} for ever`,
        numbers: [duration(`timeout of a command of ${who}`, timeout)],
        passes: 'a timeout of 50 ms',
        at: placeOf(timeout.origin, at, placeOfOwner(landscape, owner)),
      });
    }
  },
};
