import type { Setting } from '../../../model/import/landscape.ts';
import { durationText } from '../../../model/quantity-text.ts';
import { finding, lacks } from '../../decide.ts';
import { context, count, duration, text } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { slotsOf } from '../../traffic/slots.ts';

/** A server of Node works on whatever comes. */
const unbounded: Setting<number> = {
  value: Infinity,
  origin: {
    kind: 'default',
    of: 'Node',
    source: 'https://nodejs.org/api/http.html#class-httpserver',
  },
};

export const pq04: Rule = {
  id: 'PQ04',
  name: 'a request that holds a connection and waits for another',
  severity: 'critical',
  formula: 'a function takes two connections of one pool, and pool < requests at once + 1',
  why:
    'when as many requests as there are connections have taken their first one, each waits for a ' +
    'second that none of them gives back: all stand still, with an idle database',
  sources: ['https://github.com/brettwooldridge/HikariCP/wiki/About-Pool-Sizing'],
  remedy:
    'Do all of a transaction over its own connection (`client.query`, `trx`); or give the first one ' +
    'back before the second is taken.',
  needs: ['source code that takes both in one function', 'the size of the pool'],
  *decide(landscape) {
    for (const use of landscape.code) {
      if (use.kind !== 'second-connection') continue;
      const { owner, at, holds, asksFor } = use;
      const pools = landscape.pools.filter((it) => {
        return it.owner === owner && it.who.split(' ')[0] === use.package;
      });
      if (pools.length === 0) yield lacks(owner, `the pool of ${use.package}: a lock file with it`);
      const atOnce = slotsOf(landscape, owner) ?? unbounded;
      for (const { who, size, acquireTimeoutMs: wait } of pools) {
        if (size.value > atOnce.value) continue;
        const forHowLong = durationText(wait?.value ?? Infinity);
        yield finding(owner, {
          what:
            `it holds a connection (${holds}) and waits for a second one (${asksFor}): ${size.value} ` +
            `requests at once hold all of ${who}, and wait ${forHowLong}`,
          numbers: [
            text('holds a connection and waits for another', { value: asksFor, origin: at }),
            count(`pool of ${who}`, size),
            count(`requests at once of ${owner}`, atOnce),
            ...(wait ? [context(duration(`wait for a connection of ${who}`, wait))] : []),
          ],
          passes:
            'one connection for each request' +
            (atOnce.value < Infinity ? `, or a pool of ${atOnce.value + 1}` : ''),
          at,
        });
      }
    }
  },
};
