import { finding, placeOf } from '../../decide.ts';
import { count } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { slotsOf } from '../../traffic/slots.ts';
import { containersOf } from '../../workloads/workload.ts';

const usedMax = 0.8;

export const pq19: Rule = {
  id: 'PQ19',
  name: 'too few open files',
  severity: 'medium',
  formula:
    'requests in work + connections of all pools of a process > 80 % of its limit of open files',
  why: 'under load it can accept no connection and open no file any more, and fails with EMFILE',
  sources: ['https://docs.docker.com/reference/compose-file/services/#ulimits'],
  remedy: 'Raise ulimits.nofile well above all sockets that it may have.',
  needs: ['the limit of open files', 'the pools and the slots of a process'],
  *decide(landscape) {
    for (const { workload, container, name } of containersOf(landscape.workloads)) {
      const { openFilesMax: limit } = container;
      if (limit === undefined) continue;
      const pools = landscape.pools.filter(
        ({ owner, size }) => owner === workload.serves && size.value < Infinity,
      );
      const slots = slotsOf(landscape, workload.serves);
      const inbound = slots === undefined || slots.value === Infinity ? undefined : slots;
      const sockets = pools.reduce((sum, { size }) => sum + size.value, inbound?.value ?? 0);
      if (sockets <= limit.value * usedMax) continue;
      yield finding(name, {
        what: `it may have ${sockets} sockets, and open ${limit.value} files`,
        numbers: [
          count('open files', limit),
          ...pools.map(({ who, size }) => count(`pool of ${who}`, size)),
          ...(inbound ? [count(`slots of ${workload.serves}`, inbound)] : []),
        ],
        passes: `nofile: ${Math.ceil(sockets / usedMax)}`,
        at: placeOf(limit.origin, container.at),
      });
    }
  },
};
