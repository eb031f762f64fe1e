import type { FileOrigin, Origin, Setting } from './setting.ts';

/** A database, as its own settings have it, or as callers name it. */
export interface Database {
  readonly name: string;
  readonly kind: 'postgresql' | 'mysql' | 'mongodb' | 'redis' | 'other';
  readonly at: Origin;
  /** Undefined: it is not among the files. */
  readonly connectionsMax: Setting<number> | undefined;
  /** Connections that are kept for superusers. */
  readonly connectionsReserved: Setting<number> | undefined;
  readonly cores: Setting<number> | undefined;
  /** Further settings by the name that the database gives them. */
  readonly settings: Readonly<Record<string, Setting<string>>>;
}

/** Connections that one process of a workload keeps to a database, cache or service. */
export interface Pool {
  /** What the workload serves as. */
  readonly owner: string;
  /** A database, pooler, cache or service by name; undefined: nothing tells. */
  readonly to: string | undefined;
  /** `pg 8.23.0`, `environment DB_POOL_SIZE`, ... */
  readonly who: string;
  readonly at: Origin;
  /** Infinity: no limit. */
  readonly size: Setting<number>;
  /** Infinity: for ever. */
  readonly acquireTimeoutMs: Setting<number> | undefined;
  readonly idleTimeoutMs: Setting<number> | undefined;
  /** Infinity: for ever. */
  readonly lifetimeMs: Setting<number> | undefined;
  /** Requests that may wait for a connection. Infinity: no limit. */
  readonly queueMax: Setting<number> | undefined;
  readonly statementTimeoutMs: Setting<number> | undefined;
  readonly connectTimeoutMs: Setting<number> | undefined;
  /** How long a command waits until there is a server that takes it: no primary, no answer. */
  readonly serverWaitMs: Setting<number> | undefined;
  /** Processes of one replica that each have such a pool. */
  readonly processes: Setting<number>;
}

/** A PgBouncer. */
export interface Pooler {
  readonly name: string;
  readonly at: FileOrigin;
  readonly poolMode: Setting<string>;
  readonly clientsMax: Setting<number>;
  readonly poolSize: Setting<number>;
  readonly reservePoolSize: Setting<number>;
  readonly databaseConnectionsMax: Setting<number>;
  /** Infinity: for ever. */
  readonly queryWaitTimeoutMs: Setting<number>;
  readonly serverLifetimeMs: Setting<number>;
  readonly databases: readonly PooledDatabase[];
}

export interface PooledDatabase {
  readonly name: string;
  readonly host: Setting<string> | undefined;
  readonly poolSize: Setting<number> | undefined;
  readonly at: FileOrigin;
}

/** A client of a cache. */
export interface CacheClient {
  readonly owner: string;
  readonly to: string | undefined;
  readonly who: string;
  readonly at: Origin;
  /** The longest time that one command may take before it fails. Infinity: for ever. */
  readonly worstWaitMs: Setting<number> | undefined;
  readonly attempts: Setting<number> | undefined;
  readonly commandTimeoutMs: Setting<number> | undefined;
  readonly connectTimeoutMs: Setting<number> | undefined;
  /** Commands wait in memory while there is no connection. */
  readonly offlineQueueMax: Setting<number> | undefined;
  readonly entryLifetimeMs: Setting<number> | undefined;
}
