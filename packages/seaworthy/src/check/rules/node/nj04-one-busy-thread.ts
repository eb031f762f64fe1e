import type { Landscape, Setting } from '../../../model/import/landscape.ts';
import { serviceEdit } from '../../../model/edit/edits.ts';
import { durationText, rateText, shareText } from '../../../model/quantity-text.ts';
import { finding } from '../../decide.ts';
import { context, count, duration, rate, text } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { timeOf } from '../../traffic/capacity.ts';
import { modelServices } from '../../traffic/model-services.ts';
import { Traffic } from '../../traffic/traffic.ts';

/** Above it, what waits for the one thread waits longer than it takes: 0.6 / (1 - 0.6) = 1.5. */
const busyShare = 0.6;

export const nj04: Rule = {
  id: 'NJ04',
  name: 'one thread for more than it can compute',
  severity: 'high',
  formula: 'cpu time of a request x peak rate / processes > 0.6, of a service that Node runs',
  why:
    'Node computes on one thread, however many cores its container has: near its end all requests ' +
    'wait for each other, timers fire late, and probes fail',
  sources: [
    'https://nodejs.org/learn/asynchronous-work/dont-block-the-event-loop',
    'https://en.wikipedia.org/wiki/M/M/1_queue',
  ],
  remedy: 'Run more replicas with a core each, or move the computing into a worker pool.',
  needs: [
    'the cpu time of a request and the peak rate, of a seaworthy.yaml',
    'that Node runs it, by a package.json',
    'how many processes a replica has',
  ],
  *decide(landscape) {
    const traffic = new Traffic(landscape);
    for (const { file, service } of modelServices(landscape)) {
      const { name, steps, replicas } = service;
      const node = nodeOf(landscape, name);
      const calls = traffic.into(name);
      if (node === undefined || calls === undefined) continue;
      const { cpuMs } = timeOf(steps);
      const workers = landscape.pools.find(({ owner }) => owner === name)?.processes;
      const processes = replicas.length * (workers?.value ?? 1);
      const busy = (cpuMs * calls.value) / 1000 / processes;
      if (busy <= busyShare) continue;
      const enough = Math.ceil((replicas.length * busy) / busyShare);
      const origin = file.position(['services', name, 'steps']);
      const copies = file.position(['services', name, 'replicas']);
      yield finding(name, {
        what:
          `each of its ${processes} processes computes ${shareText(busy)} of the time at ` +
          `${rateText(calls.value)}, on one thread`,
        numbers: [
          duration(`cpu time of a request of ${name}`, { value: cpuMs, origin }),
          rate(`peak into ${name}`, calls),
          count(`replicas of ${name}`, { value: replicas.length, origin: copies }),
          ...(workers && workers.value > 1 ? [count('processes of a replica', workers)] : []),
          context(text(`Node of ${name}`, node)),
        ],
        passes: `${enough} replicas, or ${durationText((cpuMs * busyShare) / busy)} for a request`,
        proposed: [serviceEdit(name, 'replicas', enough)],
        at: origin,
      });
    }
  },
};

function nodeOf({ workloads }: Landscape, name: string): Setting<string> | undefined {
  const containers = workloads.find(({ serves }) => serves === name)?.containers ?? [];
  const runtimes = containers.flatMap(({ runtime }) => runtime ?? []);
  return runtimes.find(({ packages }) => packages.length > 0)?.nodeVersion;
}
