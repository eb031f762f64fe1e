import { posix } from 'node:path';

import type { Source } from '../../source/source.ts';
import type { Container, Database, Setting, Workload } from '../landscape.ts';
import { readIni } from '../pgbouncer/ini.ts';
import { defaulted } from '../values/settings.ts';

const connections =
  'https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-MAX-CONNECTIONS';
const reserved =
  'https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-SUPERUSER-RESERVED-CONNECTIONS';

/** Settings of a postgresql.conf that concern more than the database itself. */
export type PostgresSettings = ReadonlyMap<string, Setting<string>>;

export function readPostgresConf(source: Source): PostgresSettings {
  return readIni(source).get('') ?? new Map<string, Setting<string>>();
}

const kinds: readonly (readonly [RegExp, Database['kind']])[] = [
  [/(^|\/)(postgres|postgresql|postgis|timescaledb)([-:@]|$)/, 'postgresql'],
  [/(^|\/)(mysql|mariadb|percona)([-:@]|$)/, 'mysql'],
  [/(^|\/)(mongo|mongodb)([-:@]|$)/, 'mongodb'],
  [/(^|\/)(redis|valkey|redis-stack|redis-stack-server|dragonfly|keydb)([-:@]|$)/, 'redis'],
];

/** The kind of database that an image is, or undefined. */
export function databaseKind(image: string): Database['kind'] | undefined {
  return kinds.find(([pattern]) => pattern.test(image))?.[1];
}

/** The databases among the workloads. The one PostgreSQL has the settings of the one file. */
export function databasesOf(
  workloads: readonly Workload[],
  conf: readonly PostgresSettings[],
): readonly Database[] {
  const found = workloads.flatMap((workload) => {
    const container = workload.containers[0];
    const kind = databaseKind(container?.image?.value ?? '');
    return container === undefined || kind === undefined ? [] : [{ workload, container, kind }];
  });
  const alone = found.filter((it) => it.kind === 'postgresql').length === 1 && conf.length === 1;
  return found.map(({ workload, container, kind }): Database => {
    const base = { name: workload.serves, kind, at: workload.at };
    const cores = container.resources.cpuLimitCores;
    if (kind !== 'postgresql') {
      const none = { connectionsMax: undefined, connectionsReserved: undefined };
      return { ...base, ...none, cores, settings: {} };
    }
    const settings = new Map([...(alone ? conf[0]! : []), ...fromCommand(container)]);
    return {
      ...base,
      connectionsMax: count(settings, 'max_connections', 100, connections),
      connectionsReserved: count(settings, 'superuser_reserved_connections', 3, reserved),
      cores,
      settings: Object.fromEntries(settings),
    };
  });
}

/** A PostgreSQL that nothing deploys here, but whose settings are here. */
export function confAlone(source: Source, settings: PostgresSettings): Database {
  return {
    name: posix.basename(source.fileName, '.conf'),
    kind: 'postgresql',
    at: { kind: 'file', file: source.fileName, line: 1, column: 1 },
    connectionsMax: count(settings, 'max_connections', 100, connections),
    connectionsReserved: count(settings, 'superuser_reserved_connections', 3, reserved),
    cores: undefined,
    settings: Object.fromEntries(settings),
  };
}

function count(
  settings: PostgresSettings,
  key: string,
  value: number,
  source: string,
): Setting<number> {
  const setting = settings.get(key);
  const number = Number(setting?.value);
  if (setting === undefined || !Number.isFinite(number)) {
    return defaulted(value, 'PostgreSQL', source);
  }
  return { value: number, origin: setting.origin };
}

/** `postgres -c max_connections=200`, `--max_connections=200` */
function fromCommand({ command, args }: Container): (readonly [string, Setting<string>])[] {
  return [command, args].flatMap((words) => {
    const text = (words?.value ?? []).join(' ');
    return [...text.matchAll(/(?:-c\s+|--)([a-z_]+)=(\S+)/g)].map(
      ([, key, value]) => [key!, { value: value!, origin: words!.origin }] as const,
    );
  });
}
