import type { Container, Setting } from '../../../model/import/landscape.ts';
import { numberText, rateText } from '../../../model/quantity-text.ts';
import { isOnKubernetes } from '../../../model/import/kubernetes/platform.ts';
import { finding } from '../../decide.ts';
import { count, duration, rate } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { timeOf } from '../../traffic/capacity.ts';
import { modelService } from '../../traffic/model-services.ts';
import { Traffic } from '../../traffic/traffic.ts';

export const lc11: Rule = {
  id: 'LC11',
  name: 'requests below what is used',
  severity: 'medium',
  formula:
    'cpu that a replica uses at the peak, by its model > cpu that its containers request; above ' +
    'their limit high',
  why:
    'the scheduler puts more pods on a node than it has cores for, and at the peak of all of them ' +
    'each gets the share that it has asked for; above a limit it is stopped for the rest of 100 ms',
  sources: [
    'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
    'https://github.com/robusta-dev/krr',
  ],
  remedy: 'Request what a replica uses at its peak, or run more replicas.',
  needs: [
    'the cpu time of a request, the replicas and the peak rate, of a seaworthy.yaml',
    'the requests and limits of the containers',
  ],
  *decide(landscape) {
    const traffic = new Traffic(landscape);
    for (const workload of landscape.workloads.filter(isOnKubernetes)) {
      const { serves: name, containers } = workload;
      const modelled = modelService(landscape, name);
      const calls = traffic.into(name);
      if (modelled === undefined || calls === undefined) continue;
      const { file, service } = modelled;
      const { cpuMs } = timeOf(service.steps);
      const used = (cpuMs * calls.value) / 1000 / service.replicas.length;
      const bound = boundOf(containers, used);
      if (bound === undefined) continue;
      const { kind, cores } = bound;
      const of = { value: cpuMs, origin: file.position(['services', name, 'steps']) };
      const copies = file.position(['services', name, 'replicas']);
      yield finding(workload.name, {
        severity: kind === 'limit' ? 'high' : 'medium',
        what:
          `a replica uses ${numberText(used)} cores at ${rateText(calls.value)}, and its ` +
          `${kind} is ${numberText(cores.value)}`,
        numbers: [
          duration(`cpu time of a request of ${name}`, of),
          rate(`peak into ${name}`, calls),
          count(`replicas of ${name}`, { value: service.replicas.length, origin: copies }),
          count(`cpu ${kind} of ${workload.name}`, cores),
        ],
        passes: `a ${kind} of ${numberText(Math.ceil(used * 10) / 10)} cores, or more replicas`,
        at: cores.origin.kind === 'file' ? cores.origin : workload.at,
      });
    }
  },
};

interface Exceeded {
  readonly kind: 'request' | 'limit';
  readonly cores: Setting<number>;
}

/** What of all containers together is less than what is used; a limit is worse. */
function boundOf(containers: readonly Container[], used: number): Exceeded | undefined {
  const limit = sumOf(containers.map(({ resources }) => resources.cpuLimitCores));
  if (limit !== undefined && used > limit.value) return { kind: 'limit', cores: limit };
  const request = sumOf(containers.map(({ resources }) => resources.cpuRequestCores));
  return request !== undefined && used > request.value
    ? { kind: 'request', cores: request }
    : undefined;
}

/** Undefined where one of them says nothing. */
function sumOf(parts: readonly (Setting<number> | undefined)[]): Setting<number> | undefined {
  const known = parts.filter((it) => it !== undefined);
  if (known.length < parts.length || known[0] === undefined) return undefined;
  return { ...known[0], value: known.reduce((sum, { value }) => sum + value, 0) };
}
