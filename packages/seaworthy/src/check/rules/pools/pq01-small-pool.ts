import { durationText, numberText, rateText } from '../../../model/quantity-text.ts';
import { finding, lacks, placeOf } from '../../decide.ts';
import { count, duration, rate } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { meanOfQuantiles } from '../../../model/distribution.ts';
import { callerCount, rateInput, Traffic } from '../../traffic/traffic.ts';
import { placeOfOwner } from '../../workloads/workload.ts';

/** Where waiting for a connection begins to take longer than using it. */
const busyMax = 0.8;
/** Square-root staffing: so many deviations of a Poisson number of users fit in. */
const deviations = 2;

export const pq01: Rule = {
  id: 'PQ01',
  name: 'a pool smaller than its use',
  severity: 'high',
  formula:
    'with a = calls a second of one process x time of a call: pool < a critical; pool < a + 2 x ' +
    'sqrt(a), or a > 80 % of the pool, high',
  why: 'requests wait for a connection while the database is idle, and at the peak without end',
  sources: [
    'https://en.wikipedia.org/wiki/Little%27s_law',
    'https://github.com/brettwooldridge/HikariCP/wiki/About-Pool-Sizing',
  ],
  remedy: 'Make the pool larger if the database has connections to give, or the queries shorter.',
  needs: ['the size of a pool', 'the rate and the time of the calls over it, from traces'],
  *decide(landscape) {
    const traffic = new Traffic(landscape);
    for (const { owner, to, who, size, processes, at } of landscape.pools) {
      const edge = landscape.edges.find((it) => it.from === owner && it.to === to);
      if (edge === undefined || size.value === Infinity) continue;
      const calls = traffic.over(edge);
      const callers = callerCount(landscape, owner);
      if (calls === undefined || callers === undefined || edge.measured === undefined) {
        yield lacks(`${owner} -> ${to}`, rateInput);
        continue;
      }
      const each = calls.value / callers.value / processes.value;
      const { latency } = edge.measured;
      const holdMs = meanOfQuantiles(latency.value);
      const busy = (each * holdMs) / 1000;
      const staffed = busy + deviations * Math.sqrt(busy);
      if (size.value >= staffed && busy <= size.value * busyMax) continue;
      yield finding(owner, {
        severity: size.value < busy ? 'critical' : 'high',
        what:
          `${rateText(each)} of ${durationText(holdMs)} each keep ${numberText(busy)} connections to ` +
          `${to} busy, and ${who} has ${size.value}`,
        numbers: [
          count(`pool of ${who}`, size),
          rate(`calls of ${owner} -> ${to}`, calls),
          count(`replicas of ${owner}`, callers),
          duration(`mean time of ${owner} -> ${to}`, { ...latency, value: holdMs }),
        ],
        passes: `a pool of ${Math.ceil(Math.max(staffed, busy / busyMax))}`,
        at: placeOf(size.origin, at, placeOfOwner(landscape, owner)),
      });
    }
  },
};
