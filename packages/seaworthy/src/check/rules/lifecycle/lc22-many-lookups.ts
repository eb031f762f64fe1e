import type { Setting, Workload } from '../../../model/import/landscape.ts';
import { isOnKubernetes } from '../../../model/import/kubernetes/platform.ts';
import { finding, placeOf } from '../../decide.ts';
import { count, text } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';

/** Names with fewer dots are first looked up with each domain of the cluster behind them. */
const usual: Setting<number> = {
  value: 5,
  origin: {
    kind: 'default',
    of: 'Kubernetes',
    source: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/',
  },
};

export const lc22: Rule = {
  id: 'LC22',
  name: 'five lookups for one name',
  severity: 'medium',
  formula: 'a name outside the cluster in the environment, with fewer dots than ndots (default 5)',
  why:
    'each new connection asks the DNS server four times for names that do not exist, twice with IPv6; ' +
    'in Node.js they block the four threads that files and crypto need as well',
  sources: [
    'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config',
    'https://nodejs.org/api/dns.html#implementation-considerations',
  ],
  remedy: 'Set dnsConfig.options ndots to 2, or write the name with a dot at its end.',
  needs: ['the DNS options of a pod', 'the names in its environment'],
  *decide({ workloads }) {
    for (const workload of workloads) {
      if (!isOnKubernetes(workload)) continue;
      const ndots = workload.dnsNdots ?? usual;
      const outside = outsideNames(workload).find(({ value }) => dots(value) < ndots.value);
      if (outside === undefined) continue;
      yield finding(workload.name, {
        what: `${outside.value} has ${dots(outside.value)} dots, and is looked up within the cluster first`,
        numbers: [count('ndots', ndots), text('a name outside', outside)],
        passes: 'ndots: 2',
        at: placeOf(ndots.origin, outside.origin, workload.at),
      });
    }
  },
};

/** Two dots and no more: what ndots 2 looks up at once. */
function outsideNames({ containers }: Workload): readonly Setting<string>[] {
  return containers
    .flatMap(({ environment }) => environment)
    .flatMap(({ value, secret }) => {
      const host = secret
        ? undefined
        : /^[a-z][a-z\d+]*:\/\/(?:[^/@]*@)?([^/:?#]+)/i.exec(value?.value ?? '');
      const name = host?.[1] ?? '';
      const isOutside = dots(name) >= 2 && !/(\.svc|\.local|\.internal|\.)$|\.svc\./.test(name);
      const isAddress = /^[\d.]+$/.test(name);
      return value === undefined || !isOutside || isAddress ? [] : [{ ...value, value: name }];
    });
}

function dots(name: string): number {
  return name.split('.').length - 1;
}
