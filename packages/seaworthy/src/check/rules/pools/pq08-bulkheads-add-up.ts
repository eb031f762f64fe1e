import { finding, placeOf } from '../../decide.ts';
import { edgeName } from '../../edges/edge.ts';
import { count } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { allSlotsOf } from '../../traffic/slots.ts';
import { modelServices } from '../../traffic/model-services.ts';
import { callerCount } from '../../traffic/traffic.ts';

/** Callers do not all use theirs up at once. */
const factorMax = 1.2;

export const pq08: Rule = {
  id: 'PQ08',
  name: 'bulkheads that protect nobody',
  severity: 'medium',
  formula: 'the sum over all callers of (callers x limit) > 1.2 x slots of the callee',
  why: 'the limits let through together more than the callee can take: it fills up before they hold',
  sources: ['https://learn.microsoft.com/en-us/azure/architecture/patterns/bulkhead'],
  remedy: 'Share the slots of the callee among its callers, or let limits adapt.',
  needs: [
    'the limits of all edges to a service',
    'the number of callers',
    'the slots of the callee',
  ],
  *decide(landscape) {
    for (const { service } of modelServices(landscape)) {
      const slots = allSlotsOf(landscape, service.name);
      if (slots === undefined) continue;
      const limits = landscape.edges
        .filter(({ to }) => to === service.name)
        .map((edge) => ({
          edge,
          limit: edge.layers.find(({ inFlightMax }) => inFlightMax !== undefined)?.inFlightMax,
          callers: callerCount(landscape, edge.from),
        }));
      // Where one caller has no limit, the others are not what matters.
      const all = limits.flatMap(({ edge, limit, callers }) =>
        limit === undefined || limit.value === Infinity || callers === undefined
          ? []
          : [{ edge, limit, callers }],
      );
      const sum = all.reduce((total, it) => total + it.limit.value * it.callers.value, 0);
      if (all.length < limits.length || sum <= slots.value * factorMax) continue;
      yield finding(service.name, {
        what: `its callers may have ${sum} calls in flight, and it has ${slots.value} slots`,
        numbers: [
          count(`slots of ${service.name}`, slots),
          ...all.flatMap(({ edge, limit, callers }) => [
            count(`limit of ${edgeName(edge)}`, limit),
            count(`callers of ${edgeName(edge)}`, callers),
          ]),
        ],
        passes: `limits that add up to ${Math.floor(slots.value * factorMax)}`,
        at: placeOf(...all.map(({ limit }) => limit.origin), slots.origin),
      });
    }
  },
};
