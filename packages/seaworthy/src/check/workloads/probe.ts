import type { Probe, ProbeHandler } from '../../model/import/landscape.ts';

/** `GET :8080/health`, `TCP :8080`, `gRPC :8080`, or the command. */
export function handlerText(handler: ProbeHandler): string {
  switch (handler.kind) {
    case 'http':
      return `GET :${handler.port}${handler.path}`;
    case 'tcp':
      return `TCP :${handler.port}`;
    case 'grpc':
      return `gRPC :${handler.port}${handler.service === '' ? '' : ` ${handler.service}`}`;
    case 'exec':
      return handler.command.join(' ');
  }
}

/** From the first failure until the probe acts on it. */
export function patienceMs({ periodMs, failureThreshold }: Probe): number {
  return periodMs.value * failureThreshold.value;
}
