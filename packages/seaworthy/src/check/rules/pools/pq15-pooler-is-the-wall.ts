import type { Landscape, Pooler } from '../../../model/import/landscape.ts';
import { finding, placeOf } from '../../decide.ts';
import { count } from '../../evidence.ts';
import type { Decision } from '../../finding.ts';
import type { Rule } from '../../rule.ts';

export const pq15: Rule = {
  id: 'PQ15',
  name: 'the pooler is the wall',
  severity: 'high',
  formula:
    'the sum of the pools of PgBouncer > max_connections - reserved of its server; or ' +
    'max_client_conn < the sum of the pools of its clients',
  why: 'what was to keep connections few refuses them itself, or opens more than the server has',
  sources: ['https://www.pgbouncer.org/config.html'],
  remedy:
    'Set max_client_conn to all that clients may open, and pool sizes to what the server has.',
  needs: ['the settings of PgBouncer', 'max_connections of its server', 'the pools of its clients'],
  *decide(landscape) {
    for (const pooler of landscape.poolers) {
      yield* againstServers(landscape, pooler);
      yield* againstClients(landscape, pooler);
    }
  },
};

function* againstServers({ databases }: Landscape, pooler: Pooler): Generator<Decision> {
  const hosts = new Set(pooler.databases.map(({ host }) => host?.value));
  for (const database of databases) {
    const { name, connectionsMax: most, connectionsReserved: reserved } = database;
    if (most === undefined || !hosts.has(name)) continue;
    const served = pooler.databases.filter(({ host }) => host?.value === name);
    const pools = served.map(({ poolSize }) => poolSize ?? pooler.poolSize);
    const each = pools.map(({ value }) => value + pooler.reservePoolSize.value);
    const sum = each.reduce((total, it) => total + it, 0);
    const free = most.value - (reserved?.value ?? 0);
    if (Math.min(sum, pooler.databaseConnectionsMax.value * served.length) <= free) continue;
    yield finding(pooler.name, {
      severity: 'critical',
      what: `its ${served.length} pools may open ${sum} connections, and ${name} has ${free}`,
      numbers: [
        ...pools.map((pool, index) => count(`pool of ${served[index]!.name}`, pool)),
        count(`max_connections of ${name}`, most),
        ...(reserved ? [count('reserved connections', reserved)] : []),
      ],
      passes: `pools of ${Math.floor(free / served.length)} each`,
      at: placeOf(...pools.map(({ origin }) => origin), pooler.at),
    });
  }
}

function* againstClients({ pools, workloads }: Landscape, pooler: Pooler): Generator<Decision> {
  const clients = pools
    .filter(({ to, size }) => to === pooler.name && size.value < Infinity)
    .map((pool) => {
      const workload = workloads.find(({ serves }) => serves === pool.owner);
      const replicas = workload?.autoscaler?.max ?? workload?.replicas;
      return {
        pool,
        replicas,
        sum: pool.size.value * pool.processes.value * (replicas?.value ?? 1),
      };
    });
  const sum = clients.reduce((total, it) => total + it.sum, 0);
  if (sum <= pooler.clientsMax.value) return;
  yield finding(pooler.name, {
    what: `its clients may open ${sum} connections, and it takes ${pooler.clientsMax.value}`,
    numbers: [
      count('max_client_conn', pooler.clientsMax),
      ...clients.flatMap(({ pool, replicas }) => [
        count(`pool of ${pool.owner}`, pool.size),
        ...(replicas ? [count(`most replicas of ${pool.owner}`, replicas)] : []),
      ]),
    ],
    passes: `max_client_conn = ${sum}`,
    at: placeOf(pooler.clientsMax.origin, pooler.at),
  });
}
