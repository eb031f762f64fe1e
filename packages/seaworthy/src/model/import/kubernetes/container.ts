import type { Container, PreStop, Resources, Setting, Variable } from '../landscape.ts';
import type { Secrets } from '../secrets.ts';
import { quantityOf, secondsOf } from '../values/units.ts';
import type { Value } from '../values/value.ts';
import { textAt, textsAt } from '../values/value.ts';
import { probeAt } from './probe.ts';
import type { References } from './references.ts';

/** A container of a pod. */
export function containerOf(value: Value, references: References, secrets: Secrets): Container {
  return {
    name: value.get('name')?.text ?? '',
    at: value.origin,
    image: textAt(value, 'image'),
    build: undefined,
    command: hidden(textsAt(value, 'command'), secrets),
    args: hidden(textsAt(value, 'args'), secrets),
    environment: [...fromOthers(value, references), ...environmentOf(value, references, secrets)],
    resources: resourcesOf(value),
    readiness: probeAt(value, 'readinessProbe', secrets),
    liveness: probeAt(value, 'livenessProbe', secrets),
    startup: probeAt(value, 'startupProbe', secrets),
    healthCheck: undefined,
    preStop: preStopOf(value),
    ports: (value.get('ports')?.items ?? [])
      .map((it) => it.get('containerPort')?.as((port) => port.number))
      .filter((it) => it !== undefined),
    logging: undefined,
    init: undefined,
    openFilesMax: undefined,
    runtime: undefined,
  };
}

function hidden(
  words: Setting<readonly string[]> | undefined,
  secrets: Secrets,
): Setting<readonly string[]> | undefined {
  return words && { ...words, value: secrets.hideInWords(words.value) };
}

function environmentOf(value: Value, references: References, secrets: Secrets): Variable[] {
  return (value.get('env')?.items ?? []).map((entry) => {
    const name = entry.get('name')?.text ?? '';
    const plain = entry.get('value');
    const at = entry.origin;
    if (plain?.text !== undefined) {
      const { value: kept, secret } = secrets.hide(name, plain.text);
      return { name, value: { value: kept, origin: plain.origin }, secret, at };
    }
    const from = entry.get('valueFrom');
    const secret = from?.get('secretKeyRef') !== undefined;
    return { name, value: from && references.valueOf(name, from), secret, at };
  });
}

/** `envFrom`: all keys of a ConfigMap or Secret. */
function fromOthers(value: Value, references: References): Variable[] {
  return (value.get('envFrom')?.items ?? []).flatMap((entry) => references.allOf(entry));
}

function resourcesOf(value: Value): Resources {
  const at = (kind: string, what: string): Setting<number> | undefined =>
    value.get('resources', kind, what)?.as(quantityOf);
  return {
    cpuRequestCores: at('requests', 'cpu'),
    cpuLimitCores: at('limits', 'cpu'),
    memoryRequestBytes: at('requests', 'memory'),
    memoryLimitBytes: at('limits', 'memory'),
  };
}

function preStopOf(value: Value): PreStop | undefined {
  const hook = value.get('lifecycle', 'preStop');
  if (hook === undefined) return undefined;
  const sleep = hook.get('sleep', 'seconds')?.as(secondsOf);
  return { at: hook.origin, sleepMs: sleep ?? hook.get('exec', 'command')?.as(sleepOf) };
}

/** `["sleep", "5"]`, `["sh", "-c", "sleep 5 && nginx -s quit"]` */
function sleepOf(command: Value): number | undefined {
  const words = command.items.map((it) => it.text ?? '').join(' ');
  const match = /\bsleep\s+(\d+(?:\.\d+)?)(s|m)?\b/.exec(words);
  return match === null ? undefined : Number(match[1]) * (match[2] === 'm' ? 60_000 : 1000);
}
