import { finding, placeOf } from '../../decide.ts';
import { breakerUses } from '../../edges/breakers.ts';
import { count } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { allSlotsOf } from '../../traffic/slots.ts';
import { callerCount } from '../../traffic/traffic.ts';

const shareMax = 0.1;

export const cb05: Rule = {
  id: 'CB05',
  name: 'probes that keep the callee down',
  severity: 'medium',
  formula: 'probes of one breaker x callers > 10 % of the slots of the callee',
  why: 'all breakers opened together, and half-open together: what comes back is knocked over again',
  sources: ['https://sre.google/sre-book/addressing-cascading-failures/'],
  remedy: 'Let each breaker probe by one call, and spread the times at which they do.',
  needs: ['the probes of a breaker', 'the number of callers', 'the slots of the callee'],
  *decide(landscape) {
    for (const { subject, name, breaker, edge, at } of breakerUses(landscape)) {
      const { probes } = breaker;
      if (probes === undefined || edge === undefined) continue;
      const callers = callerCount(landscape, edge.from);
      const slots = allSlotsOf(landscape, edge.to);
      if (callers === undefined || slots === undefined || slots.value === Infinity) continue;
      const together = probes.value * callers.value;
      if (together <= slots.value * shareMax) continue;
      const fair = Math.floor((slots.value * shareMax) / callers.value);
      // One probe is the least that there can be.
      if (probes.value === 1) continue;
      yield finding(subject, {
        what:
          `${callers.value} breakers let ${together} probes through together, and ${edge.to} has ` +
          `${slots.value} slots`,
        numbers: [
          count(`probes of ${name}`, probes),
          count(`callers of ${subject}`, callers),
          count(`slots of ${edge.to}`, slots),
        ],
        passes: fair > 1 ? `${fair} probes at most` : '1 probe',
        at: placeOf(probes.origin, at),
      });
    }
  },
};
