import type { KubernetesObject } from './objects.ts';

/** What a mesh takes for TCP, by the name of the port: it retries none of it. */
const opaque = /^(tcp|tls|udp|mongo|mysql|redis|postgres(ql)?|kafka|amqp)(-|$)/;

/** Ports of databases, for those without a name. */
const opaquePorts = new Set([3306, 5432, 6379, 27_017, 5672, 9092, 9042]);

/**
 * The services that a mesh does not speak HTTP with, by name. A broker that has a page for people,
 * too, is one of them, for callers want the broker.
 *
 * @see https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/
 */
export function opaqueServices(objects: readonly KubernetesObject[]): ReadonlySet<string> {
  const names = objects
    .filter((it) => it.kind === 'Service' && it.apiVersion === 'v1')
    .filter(({ value }) => {
      const ports = value.get('spec', 'ports')?.items ?? [];
      return ports.some((port) => {
        const protocol = port.get('appProtocol')?.text ?? port.get('name')?.text;
        if (protocol !== undefined && opaque.test(protocol)) return true;
        const isNamed = protocol !== undefined && /^(http|http2|https|grpc)/.test(protocol);
        return !isNamed && opaquePorts.has(port.get('port')?.number ?? 0);
      });
    })
    .map((it) => it.name);
  return new Set(names);
}
