import type {
  CacheClient,
  Database,
  Landscape,
  Pool,
  Pooler,
  Server,
} from '../../../model/import/landscape.ts';
import type { EffectiveValue } from '../kinds.ts';
import { variableKind } from '../variable-kind.ts';
import { party, type Row, valuesOf } from './values.ts';

/** Pools, databases, caches, and what servers do with connections. */
export function storeValues(landscape: Landscape): readonly EffectiveValue[] {
  return [
    ...landscape.pools.flatMap(poolValues),
    ...landscape.databases.flatMap(databaseValues),
    ...landscape.poolers.flatMap(poolerValues),
    ...landscape.caches.flatMap(cacheValues),
    ...landscape.servers.flatMap(serverValues),
  ];
}

function poolValues(pool: Pool): readonly EffectiveValue[] {
  const place = pool.to === undefined ? party(pool.who) : pool.to;
  return valuesOf(`${pool.owner} -> ${place}`, [
    ['pool size', 'scale', 'count', pool.size],
    ['processes of one replica', 'scale', 'count', pool.processes],
    ['waiting calls of the pool at most', 'scale', 'count', pool.queueMax],
    ['wait for a connection of the pool', 'equal', 'duration', pool.acquireTimeoutMs],
    ['idle timeout of the pool', 'equal', 'duration', pool.idleTimeoutMs],
    ['lifetime of a connection', 'equal', 'duration', pool.lifetimeMs],
    ['statement timeout', 'equal', 'duration', pool.statementTimeoutMs],
    ['connect timeout of the pool', 'equal', 'duration', pool.connectTimeoutMs],
  ]);
}

function databaseValues(database: Database): readonly EffectiveValue[] {
  const settings = Object.entries(database.settings).flatMap(([name, setting]): readonly Row[] => {
    const kind = variableKind(name, false);
    return kind === undefined ? [] : [[name, kind, 'text', setting]];
  });
  return valuesOf(database.name, [
    ['connections at most', 'scale', 'count', database.connectionsMax],
    ['connections kept for superusers', 'equal', 'count', database.connectionsReserved],
    ['cores', 'scale', 'count', database.cores],
    ...settings,
  ]);
}

function poolerValues(pooler: Pooler): readonly EffectiveValue[] {
  return valuesOf(pooler.name, [
    ['pool mode', 'equal', 'text', pooler.poolMode],
    ['wait of a query', 'equal', 'duration', pooler.queryWaitTimeoutMs],
    ['lifetime of a connection', 'equal', 'duration', pooler.serverLifetimeMs],
    ['clients at most', 'scale', 'count', pooler.clientsMax],
    ['pool size', 'scale', 'count', pooler.poolSize],
    ['reserve', 'scale', 'count', pooler.reservePoolSize],
    ['connections of one database at most', 'scale', 'count', pooler.databaseConnectionsMax],
  ]);
}

function cacheValues(cache: CacheClient): readonly EffectiveValue[] {
  return valuesOf(`${cache.owner} -> ${cache.to ?? party(cache.who)}`, [
    ['longest wait of a command', 'equal', 'duration', cache.worstWaitMs],
    ['attempts of a command', 'equal', 'count', cache.attempts],
    ['timeout of a command', 'equal', 'duration', cache.commandTimeoutMs],
    ['connect timeout of the cache', 'equal', 'duration', cache.connectTimeoutMs],
    ['commands that wait without a connection', 'scale', 'count', cache.offlineQueueMax],
    ['lifetime of an entry', 'equal', 'duration', cache.entryLifetimeMs],
  ]);
}

function serverValues(server: Server): readonly EffectiveValue[] {
  const of = `of ${party(server.who)}`;
  return valuesOf(server.owner, [
    [`keep-alive timeout ${of}`, 'equal', 'duration', server.keepAliveTimeoutMs],
    [`headers timeout ${of}`, 'equal', 'duration', server.headersTimeoutMs],
    [`request timeout ${of}`, 'equal', 'duration', server.requestTimeoutMs],
  ]);
}
