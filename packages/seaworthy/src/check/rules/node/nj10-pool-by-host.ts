import { finding, placeOf } from '../../decide.ts';
import { text } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { containersOf } from '../../workloads/workload.ts';

export const nj10: Rule = {
  id: 'NJ10',
  name: 'a pool as large as the machine says',
  severity: 'high',
  formula:
    'Prisma with its own engine (before 7), and no connection_limit in the address of the database',
  why:
    'the pool is twice the cores of the node plus one, whatever the container may use: 5 connections ' +
    'on a laptop, 129 on a node with 64 cores, times the replicas',
  sources: [
    'https://www.prisma.io/docs/orm/prisma-client/setup-and-configuration/databases-connections/connection-pool',
  ],
  remedy: 'Add `?connection_limit=5` to the address of the database.',
  needs: ['the packages of a workload', 'the address of its database'],
  *decide({ workloads, pools }) {
    for (const { workload, container, name } of containersOf(workloads)) {
      const prisma = container.runtime?.packages.find((it) => it.name === '@prisma/client');
      if (prisma === undefined || Number.parseInt(prisma.version.value, 10) >= 7) continue;
      const sized = pools.some(
        ({ owner, size }) => owner === workload.serves && size.origin.kind === 'file',
      );
      const says = container.environment.some(({ value }) =>
        value?.value.includes('connection_limit='),
      );
      if (sized || says) continue;
      yield finding(name, {
        what: 'its pool has twice the cores of whatever node it runs on, plus one',
        numbers: [text('@prisma/client', prisma.version)],
        passes: 'connection_limit=5 in the address of the database',
        at: placeOf(prisma.version.origin, container.at),
      });
    }
  },
};
