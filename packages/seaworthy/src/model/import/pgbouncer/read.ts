import { posix } from 'node:path';

import type { Source } from '../../source/source.ts';
import type { Pooler, Setting } from '../landscape.ts';
import { defaulted } from '../values/settings.ts';
import { readIni } from './ini.ts';

const page = 'https://www.pgbouncer.org/config.html';

/** Reads a pgbouncer.ini, with the defaults of PgBouncer. Passwords in it are not looked at. */
export function readPgbouncer(source: Source): Pooler | undefined {
  const sections = readIni(source);
  const own = sections.get('pgbouncer');
  if (own === undefined) return undefined;
  const number = (key: string, value: number): Setting<number> =>
    numeric(own.get(key)) ?? defaulted(value, 'PgBouncer', `${page}#${key}`);
  const databases = sections.get('databases') ?? new Map<string, Setting<string>>();
  return {
    name: posix.basename(source.fileName, '.ini'),
    at: { kind: 'file', file: source.fileName, line: 1, column: 1 },
    poolMode: own.get('pool_mode') ?? defaulted('session', 'PgBouncer', `${page}#pool_mode`),
    clientsMax: number('max_client_conn', 100),
    poolSize: number('default_pool_size', 20),
    reservePoolSize: number('reserve_pool_size', 0),
    databaseConnectionsMax: unlimitedIfZero(number('max_db_connections', 0)),
    queryWaitTimeoutMs: inMs(number('query_wait_timeout', 120)),
    serverLifetimeMs: inMs(number('server_lifetime', 3600)),
    databases: [...databases].map(([name, setting]) => ({
      name,
      host: part(setting, 'host'),
      poolSize: numeric(part(setting, 'pool_size')),
      at: setting.origin as Pooler['at'],
    })),
  };
}

function numeric(setting: Setting<string> | undefined): Setting<number> | undefined {
  const value = Number(setting?.value);
  return setting && Number.isFinite(value) ? { value, origin: setting.origin } : undefined;
}

/** `host=db port=5432 pool_size=20` */
function part(setting: Setting<string>, key: string): Setting<string> | undefined {
  const found = new RegExp(`(?:^|\\s)${key}\\s*=\\s*([^\\s]+)`).exec(setting.value)?.[1];
  return found === undefined ? undefined : { value: found, origin: setting.origin };
}

/** PgBouncer writes seconds; 0 switches it off. */
function inMs({ value, origin }: Setting<number>): Setting<number> {
  return { value: value === 0 ? Infinity : value * 1000, origin };
}

function unlimitedIfZero({ value, origin }: Setting<number>): Setting<number> {
  return { value: value === 0 ? Infinity : value, origin };
}
