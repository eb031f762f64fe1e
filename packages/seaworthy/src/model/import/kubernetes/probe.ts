import type { Probe, ProbeHandler } from '../landscape.ts';
import type { Secrets } from '../secrets.ts';
import { secondsOf } from '../values/units.ts';
import type { Value } from '../values/value.ts';
import { numberAt } from '../values/value.ts';
import { kubernetesDefaults as defaults } from './defaults.ts';

/** A probe of a container; the timings that it leaves out are those of Kubernetes. */
export function probeAt(container: Value, key: string, secrets: Secrets): Probe | undefined {
  const probe = container.get(key);
  const handler = probe?.as((it) => handlerOf(it, secrets));
  if (probe === undefined || handler === undefined) return undefined;
  return {
    at: probe.origin,
    handler,
    initialDelayMs: probe.get('initialDelaySeconds')?.as(secondsOf) ?? defaults.initialDelayMs,
    periodMs: probe.get('periodSeconds')?.as(secondsOf) ?? defaults.periodMs,
    timeoutMs: probe.get('timeoutSeconds')?.as(secondsOf) ?? defaults.probeTimeoutMs,
    failureThreshold: numberAt(probe, 'failureThreshold') ?? defaults.failureThreshold,
    successThreshold: numberAt(probe, 'successThreshold') ?? defaults.successThreshold,
  };
}

function handlerOf(probe: Value, secrets: Secrets): ProbeHandler | undefined {
  const http = probe.get('httpGet');
  if (http !== undefined) {
    const port = http.get('port')?.text ?? '';
    const headers = (http.get('httpHeaders')?.items ?? []).map((it) => {
      const name = it.get('name')?.text ?? '';
      return `${name}: ${secrets.hide(name, it.get('value')?.text ?? '').value}`;
    });
    const path = http.get('path')?.text ?? '/';
    return { kind: 'http', path, port, ...(headers.length > 0 && { headers }) };
  }
  const tcp = probe.get('tcpSocket');
  if (tcp !== undefined) return { kind: 'tcp', port: tcp.get('port')?.text ?? '' };
  const grpc = probe.get('grpc');
  if (grpc !== undefined) {
    const service = grpc.get('service')?.text ?? '';
    return { kind: 'grpc', port: grpc.get('port')?.text ?? '', service };
  }
  const exec = probe.get('exec', 'command');
  if (exec === undefined) return undefined;
  return { kind: 'exec', command: exec.items.map((it) => it.text ?? '') };
}
