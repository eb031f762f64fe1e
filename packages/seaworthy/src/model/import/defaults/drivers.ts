import type { LibraryDefault } from './library.ts';

/** 50 ms more with each of 20 attempts, 10 s to connect in each. */
const ioredisWorstMs = 20 * 10_000 + (50 * 20 * 21) / 2;
/** Up to 199 ms more, whatever the delay. */
const ioredis6JitterMs = 199;
/** From 50 ms on twice as long with each of 20 attempts, up to 5 s, which the eighth reaches. */
const ioredis6WorstMs = 20 * (10_000 + ioredis6JitterMs) + 50 * (2 ** 7 - 1) + 13 * 5000;

/** Drivers of databases and caches. */
export const drivers: readonly LibraryDefault[] = [
  {
    package: 'pg',
    from: '8.0.0',
    source: 'https://node-postgres.com/apis/pool',
    speaks: 'postgresql',
    call: { timeoutMs: Infinity, connectTimeoutMs: Infinity, attempts: 1 },
    pool: {
      size: 10,
      acquireTimeoutMs: Infinity,
      idleTimeoutMs: 10_000,
      lifetimeMs: Infinity,
      queueMax: Infinity,
      statementTimeoutMs: Infinity,
      connectTimeoutMs: Infinity,
      options: {
        object: 'Pool',
        names: {
          size: 'max',
          acquireTimeoutMs: 'connectionTimeoutMillis',
          idleTimeoutMs: 'idleTimeoutMillis',
          statementTimeoutMs: 'statement_timeout',
          connectTimeoutMs: 'connectionTimeoutMillis',
        },
      },
    },
  },
  {
    package: 'postgres',
    from: '3.0.0',
    source: 'https://github.com/porsager/postgres#connection-details',
    speaks: 'postgresql',
    call: { timeoutMs: Infinity, connectTimeoutMs: 30_000, attempts: 1 },
    pool: {
      size: 10,
      acquireTimeoutMs: Infinity,
      idleTimeoutMs: Infinity,
      // Drawn between 30 and 60 minutes.
      lifetimeMs: 3_600_000,
      queueMax: Infinity,
      connectTimeoutMs: 30_000,
    },
  },
  {
    package: 'knex',
    from: '0.95.0',
    source: 'https://knexjs.org/guide/#acquireconnectiontimeout',
    speaks: 'postgresql',
    pool: { size: 10, acquireTimeoutMs: 60_000, queueMax: Infinity },
  },
  {
    package: '@prisma/client',
    from: '2.0.0',
    // From then on it has no pool of its own, but the one of a driver.
    below: '7.0.0',
    source:
      'https://www.prisma.io/docs/orm/v6/prisma-client/setup-and-configuration/databases-connections/connection-pool',
    speaks: 'postgresql',
    // How large it is depends on the machine: see NJ10.
    pool: { acquireTimeoutMs: 10_000 },
  },
  {
    package: 'mysql2',
    from: '2.0.0',
    source: 'https://sidorares.github.io/node-mysql2/docs#using-connection-pools',
    speaks: 'mysql',
    call: { timeoutMs: Infinity, connectTimeoutMs: 10_000, attempts: 1 },
    pool: {
      size: 10,
      acquireTimeoutMs: Infinity,
      idleTimeoutMs: 60_000,
      lifetimeMs: Infinity,
      queueMax: Infinity,
      connectTimeoutMs: 10_000,
    },
  },
  {
    package: 'mongodb',
    from: '4.0.0',
    source: 'https://www.mongodb.com/docs/drivers/node/current/connect/connection-options/',
    speaks: 'mongodb',
    // Retryable reads and writes: once more.
    call: { timeoutMs: Infinity, connectTimeoutMs: 30_000, attempts: 2 },
    pool: {
      size: 100,
      acquireTimeoutMs: Infinity,
      queueMax: Infinity,
      connectTimeoutMs: 30_000,
      serverWaitMs: 30_000,
      options: {
        object: 'MongoClient',
        names: {
          size: 'maxPoolSize',
          acquireTimeoutMs: 'waitQueueTimeoutMS',
          connectTimeoutMs: 'connectTimeoutMS',
          serverWaitMs: 'serverSelectionTimeoutMS',
        },
      },
    },
  },
  {
    package: 'ioredis',
    from: '4.0.0',
    below: '6.0.0',
    source: 'https://github.com/redis/ioredis#auto-reconnect',
    speaks: 'redis',
    call: {
      timeoutMs: Infinity,
      connectTimeoutMs: 10_000,
      attempts: 21,
      backoff: { baseMs: 50, capMs: 2000, factor: 1, jitterShare: 0 },
    },
    cache: {
      attempts: 21,
      worstWaitMs: ioredisWorstMs,
      commandTimeoutMs: Infinity,
      connectTimeoutMs: 10_000,
      offlineQueueMax: Infinity,
    },
  },
  {
    package: 'ioredis',
    from: '6.0.0',
    source: 'https://github.com/redis/ioredis#auto-reconnect',
    speaks: 'redis',
    call: {
      timeoutMs: Infinity,
      connectTimeoutMs: 10_000,
      attempts: 21,
      // Of the longest delay it is the smallest part.
      backoff: { baseMs: 50, capMs: 5000, factor: 2, jitterShare: ioredis6JitterMs / 5000 },
    },
    cache: {
      attempts: 21,
      worstWaitMs: ioredis6WorstMs,
      commandTimeoutMs: Infinity,
      connectTimeoutMs: 10_000,
      offlineQueueMax: Infinity,
    },
  },
  {
    package: 'redis',
    from: '4.0.0',
    source: 'https://github.com/redis/node-redis/blob/master/docs/client-configuration.md',
    speaks: 'redis',
    call: { timeoutMs: Infinity, connectTimeoutMs: 5000, attempts: 1 },
    cache: {
      worstWaitMs: Infinity,
      commandTimeoutMs: Infinity,
      connectTimeoutMs: 5000,
      offlineQueueMax: Infinity,
    },
  },
];
