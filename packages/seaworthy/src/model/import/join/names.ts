import type { Workload } from '../landscape.ts';

/** Names of a Service within a cluster: `web`, `web.shop`, `web.shop.svc.cluster.local`. */
const suffix = /\.svc(\.cluster\.local)?\.?$/;

/** Finds what others mean by a host name. */
export class Names {
  private readonly byName = new Map<string, string>();

  constructor(workloads: readonly Workload[]) {
    for (const { name, serves } of workloads) this.byName.set(name, serves);
    // What it serves as wins over what another is called.
    for (const { serves } of workloads) this.byName.set(serves, serves);
  }

  /** What the workload behind a host serves as. Undefined: it is none of them. */
  of(host: string): string | undefined {
    const plain = host.toLowerCase();
    const direct = this.byName.get(plain);
    if (direct !== undefined) return direct;
    const isQualified = suffix.test(plain) || /^[a-z\d-]+\.[a-z\d-]+$/.test(plain);
    return isQualified ? this.byName.get(plain.split('.')[0]!) : undefined;
  }
}

const address = /^[a-z][a-z\d+.-]*:\/\/(?:[^\s/?#]*@)?(\[[^\]]*\]|[^\s:/?#,]+)/i;
const hostAndPort = /^([a-z\d](?:[a-z\d.-]*[a-z\d])?):\d{1,5}(?:\/|$)/i;
const plainHost = /^[a-z\d](?:[a-z\d.-]*[a-z\d])?$/i;
/** Variables whose whole value is a host. */
const hostVariable = /(host|hostname|addr|address|server|endpoint|upstream|url|uri|service)s?$/i;

/** The hosts that the value of a variable names: an address, a list of them, or a bare host. */
export function hostsIn(variable: string, value: string): readonly string[] {
  // What stands for a password has a blank in it.
  const shown = value.replace(/\(secret \w+\)/g, 'secret');
  return shown.split(/[,\s]+/).flatMap((word) => {
    const found = address.exec(word)?.[1] ?? hostAndPort.exec(word)?.[1];
    if (found !== undefined) return [found];
    return hostVariable.test(variable) && plainHost.test(word) ? [word] : [];
  });
}
