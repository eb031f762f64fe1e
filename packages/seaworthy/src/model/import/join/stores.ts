import type { CacheClient, CallEdge, Pool, Setting, Variable, Workload } from '../landscape.ts';
import { defaulted } from '../values/settings.ts';
import { instancesOf } from './code-uses.ts';
import type { NamedSettings } from './conventions.ts';
import type { KnownLibrary } from './libraries.ts';

/** What the code gives to an object of a driver; see `codedObjects`. */
type Coded = (what: string, option: string) => Setting<number> | undefined;

/** What a workload says of one store that it uses. */
export interface StoreUse {
  readonly edge: CallEdge;
  readonly variable: Variable;
  readonly named: NamedSettings;
}

/**
 * The pool of connections that a driver keeps: what variables and the address say, else what the
 * driver does by itself.
 */
export function poolOf(
  workload: Workload,
  library: KnownLibrary | undefined,
  use: StoreUse | undefined,
  coded: Coded,
): Pool | undefined {
  const preset = library?.entry.pool;
  const named = use?.named;
  const options = library?.entry.pool?.options;
  // The options of a driver are written in the code, or in the address of the store.
  const inCode = (key: keyof NonNullable<typeof options>['names']): Setting<number> | undefined => {
    const option = options?.names[key];
    if (option === undefined) return undefined;
    return inAddress(use, option) ?? coded(options!.object, option);
  };
  const size =
    named?.poolSize ??
    inAddress(use, 'connection_limit') ??
    inAddress(use, 'pool_size') ??
    inCode('size');
  const who = library?.use.who ?? 'application';
  const set = (value: number | undefined): Setting<number> | undefined =>
    value === undefined ? undefined : defaulted(value, who, library!.entry.source);
  const chosen = size ?? set(preset?.size);
  if (chosen === undefined) return undefined;
  return {
    owner: workload.serves,
    to: use?.edge.to,
    who,
    at: chosen.origin,
    size: chosen,
    acquireTimeoutMs:
      named?.acquireTimeoutMs ??
      inSeconds(use, 'pool_timeout') ??
      inCode('acquireTimeoutMs') ??
      set(preset?.acquireTimeoutMs),
    idleTimeoutMs: named?.idleTimeoutMs ?? inCode('idleTimeoutMs') ?? set(preset?.idleTimeoutMs),
    lifetimeMs: named?.lifetimeMs ?? inCode('lifetimeMs') ?? set(preset?.lifetimeMs),
    queueMax: named?.queueMax ?? inCode('queueMax') ?? set(preset?.queueMax),
    statementTimeoutMs:
      named?.statementTimeoutMs ?? inCode('statementTimeoutMs') ?? set(preset?.statementTimeoutMs),
    connectTimeoutMs:
      named?.connectTimeoutMs ??
      inSeconds(use, 'connect_timeout') ??
      inCode('connectTimeoutMs') ??
      set(preset?.connectTimeoutMs),
    serverWaitMs: inCode('serverWaitMs') ?? set(preset?.serverWaitMs),
    processes: processesOf(workload),
  };
}

/** How a driver of a cache waits. */
export function cacheOf(
  workload: Workload,
  library: KnownLibrary,
  use: StoreUse | undefined,
): CacheClient | undefined {
  const preset = library.entry.cache;
  if (preset === undefined) return undefined;
  const { who } = library.use;
  const set = (value: number): Setting<number> => defaulted(value, who, library.entry.source);
  const layer = use?.named.layer;
  const command = use?.named.statementTimeoutMs ?? layer?.tryTimeoutMs;
  return {
    owner: workload.serves,
    to: use?.edge.to,
    who,
    at: command?.origin ?? library.use.layer.at,
    worstWaitMs: layer?.timeoutMs ?? command ?? set(preset.worstWaitMs),
    attempts: layer?.attempts ?? (preset.attempts === undefined ? undefined : set(preset.attempts)),
    commandTimeoutMs: command ?? set(preset.commandTimeoutMs),
    connectTimeoutMs: use?.named.connectTimeoutMs ?? set(preset.connectTimeoutMs),
    offlineQueueMax: use?.named.queueMax ?? set(preset.offlineQueueMax),
    entryLifetimeMs: undefined,
  };
}

/** Workers of a replica, each with pools of its own. */
function processesOf(workload: Workload): Setting<number> {
  const variables = workload.containers.flatMap((it) => it.environment);
  const named = variables.find((it) => /^(WEB_CONCURRENCY|WORKERS|CLUSTER_WORKERS)$/.test(it.name));
  const workers = named?.value ?? instancesOf(workload);
  const number = Number(workers?.value);
  if (workers !== undefined && Number.isInteger(number) && number > 0) {
    return { value: number, origin: workers.origin };
  }
  return defaulted(1, 'Node', 'https://nodejs.org/api/cluster.html');
}

/** `?connection_limit=5` in the address of a store. */
function inAddress(use: StoreUse | undefined, key: string): Setting<number> | undefined {
  const value = use?.variable.value;
  const found = new RegExp(`[?&]${key}=(\\d+)`).exec(value?.value ?? '')?.[1];
  return found === undefined ? undefined : { value: Number(found), origin: value!.origin };
}

function inSeconds(use: StoreUse | undefined, key: string): Setting<number> | undefined {
  const seconds = inAddress(use, key);
  return seconds && { ...seconds, value: seconds.value * 1000 };
}
