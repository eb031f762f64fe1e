import { posix } from 'node:path';

import type {
  Container,
  Dependency,
  Logging,
  Probe,
  ProbeHandler,
  Resources,
  Setting,
  Variable,
  Workload,
} from '../landscape.ts';
import type { Secrets } from '../secrets.ts';
import { bytesOf, durationOf } from '../values/units.ts';
import type { Value } from '../values/value.ts';
import { numberAt, textAt, textsAt, truthAt } from '../values/value.ts';
import { composeDefaults as defaults } from './defaults.ts';
import { words } from './words.ts';

/** What a service needs that is not in its own map. */
export interface Around {
  readonly secrets: Secrets;
  /** The folder of the compose file, relative to what was read. */
  readonly folder: string;
  /** The variables of an `env_file`, by its path relative to that folder. */
  readonly environmentFile: (path: string) => readonly Variable[];
}

/** A service of a compose file. */
export function serviceOf(name: string, value: Value, around: Around): Workload {
  return {
    name,
    serves: name,
    kind: 'compose',
    platform: 'compose',
    namespace: undefined,
    at: value.origin,
    labels: {},
    annotations: {},
    replicas:
      numberAt(value, 'deploy', 'replicas') ?? numberAt(value, 'scale') ?? defaults.replicas,
    containers: [containerOf(name, value, around)],
    initContainers: [],
    graceMs: value.get('stop_grace_period')?.as(durationOf) ?? defaults.graceMs,
    autoscaler: undefined,
    disruptionBudget: undefined,
    spread: undefined,
    rollout: undefined,
    revisionsKept: undefined,
    dependsOn: dependenciesOf(value),
    restart: textAt(value, 'deploy', 'restart_policy', 'condition') ?? textAt(value, 'restart'),
    dnsNdots: undefined,
    schedule: undefined,
  };
}

function containerOf(name: string, value: Value, around: Around): Container {
  const healthCheck = healthCheckOf(value);
  return {
    name,
    at: value.origin,
    image: textAt(value, 'image'),
    build: (value.get('build', 'context') ?? value.get('build'))?.as((it) =>
      it.text === undefined ? undefined : posix.join(around.folder, it.text),
    ),
    command: wordsAt(value, 'entrypoint', around.secrets),
    args: wordsAt(value, 'command', around.secrets),
    environment: environmentOf(value, around),
    resources: resourcesOf(value),
    readiness: undefined,
    liveness: undefined,
    startup: undefined,
    healthCheck,
    preStop: undefined,
    ports: portsOf(value),
    logging: loggingOf(value),
    init: truthAt(value, 'init'),
    openFilesMax:
      numberAt(value, 'ulimits', 'nofile', 'soft') ?? numberAt(value, 'ulimits', 'nofile'),
    runtime: undefined,
  };
}

function wordsAt(
  value: Value,
  key: string,
  secrets: Secrets,
): Setting<readonly string[]> | undefined {
  const found = value.get(key);
  if (found === undefined) return undefined;
  const list = found.isList ? textsAt(value, key) : found.as((it) => words(it.text ?? ''));
  return list && { ...list, value: secrets.hideInWords(list.value) };
}

function environmentOf(value: Value, { secrets, environmentFile }: Around): Variable[] {
  const variables = new Map<string, Variable>();
  for (const file of fileNames(value)) {
    for (const variable of environmentFile(file)) variables.set(variable.name, variable);
  }
  for (const [name, at, text] of declared(value)) {
    const hidden = text === undefined ? undefined : secrets.hide(name, text);
    variables.set(name, {
      name,
      value: hidden && { value: hidden.value, origin: at.origin },
      secret: hidden?.secret ?? false,
      at: at.origin,
    });
  }
  return [...variables.values()];
}

function fileNames(value: Value): readonly string[] {
  const files = value.get('env_file');
  if (files === undefined) return [];
  const entries = files.isList ? files.items : [files];
  return entries.map((it) => it.get('path')?.text ?? it.text).filter((it) => it !== undefined);
}

/** Both forms: a map, and a list of `NAME=value`. */
function declared(value: Value): (readonly [string, Value, string | undefined])[] {
  const environment = value.get('environment');
  if (environment === undefined) return [];
  if (environment.isMap) return environment.entries.map(([name, it]) => [name, it, it.text]);
  return environment.items.map((it) => {
    const text = it.text ?? '';
    const sign = text.indexOf('=');
    return sign === -1 ? [text, it, undefined] : [text.slice(0, sign), it, text.slice(sign + 1)];
  });
}

function resourcesOf(value: Value): Resources {
  const deploy = value.get('deploy', 'resources');
  return {
    cpuRequestCores: numberAt(deploy, 'reservations', 'cpus'),
    cpuLimitCores: numberAt(deploy, 'limits', 'cpus') ?? numberAt(value, 'cpus'),
    memoryRequestBytes:
      deploy?.get('reservations', 'memory')?.as(bytesOf) ??
      value.get('mem_reservation')?.as(bytesOf),
    memoryLimitBytes:
      deploy?.get('limits', 'memory')?.as(bytesOf) ?? value.get('mem_limit')?.as(bytesOf),
  };
}

function healthCheckOf(value: Value): Probe | undefined {
  const check = value.get('healthcheck');
  const handler = check?.get('test')?.as(testOf);
  if (check === undefined || handler === undefined || truthAt(check, 'disable')?.value) {
    return undefined;
  }
  return {
    at: check.origin,
    handler,
    initialDelayMs: check.get('start_period')?.as(durationOf) ?? defaults.startPeriodMs,
    periodMs: check.get('interval')?.as(durationOf) ?? defaults.intervalMs,
    timeoutMs: check.get('timeout')?.as(durationOf) ?? defaults.healthTimeoutMs,
    failureThreshold: numberAt(check, 'retries') ?? defaults.retries,
    successThreshold: defaults.successes,
  };
}

function testOf(test: Value): ProbeHandler | undefined {
  const list = test.isList ? test.items.map((it) => it.text ?? '') : words(test.text ?? '');
  if (list.length === 0 || list[0] === 'NONE') return undefined;
  const [first, ...rest] = list;
  const isMarked = first === 'CMD' || first === 'CMD-SHELL';
  return { kind: 'exec', command: isMarked ? rest : list };
}

function dependenciesOf(value: Value): Dependency[] {
  const dependsOn = value.get('depends_on');
  if (dependsOn?.isMap) {
    return dependsOn.entries.map(([on, it]) => ({
      on,
      condition: textAt(it, 'condition') ?? defaults.condition,
      at: it.origin,
    }));
  }
  return (dependsOn?.items ?? []).map((it) => ({
    on: it.text ?? '',
    condition: defaults.condition,
    at: it.origin,
  }));
}

/** The ports of the container: `8080`, `"80:8080"`, `{ target: 8080 }`. */
function portsOf(value: Value): Setting<number>[] {
  const entries = [...(value.get('ports')?.items ?? []), ...(value.get('expose')?.items ?? [])];
  return entries
    .map((it) =>
      it.as((port) => {
        const text = port.get('target')?.text ?? port.text ?? '';
        const last = Number(text.split('/')[0]!.split(':').at(-1));
        return Number.isInteger(last) && last > 0 ? last : undefined;
      }),
    )
    .filter((it) => it !== undefined);
}

function loggingOf(value: Value): Logging {
  const options: Record<string, Setting<string>> = {};
  for (const [key, option] of value.get('logging', 'options')?.entries ?? []) {
    const setting = option.as((it) => it.text);
    if (setting !== undefined) options[key] = setting;
  }
  return { driver: textAt(value, 'logging', 'driver') ?? defaults.logDriver, options };
}
