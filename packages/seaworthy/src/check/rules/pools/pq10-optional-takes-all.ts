import { durationText } from '../../../model/quantity-text.ts';
import { finding } from '../../decide.ts';
import { edgeName } from '../../edges/edge.ts';
import type { Rule } from '../../rule.ts';
import { modelServices } from '../../traffic/model-services.ts';
import { stallNoticedMs, stallOf } from '../../traffic/stall.ts';
import { callsIn, Traffic } from '../../traffic/traffic.ts';

export const pq10: Rule = {
  id: 'PQ10',
  name: 'an optional call takes the slots of all others',
  severity: 'high',
  formula:
    'an optional call, beside one that is not, and calls a second of one replica x longest time of ' +
    'a call > its slots; no bulkhead on the edge (slots that are full within 3 s are RT09)',
  why:
    'the service could do without that callee, and fails all the same when it hangs: its requests ' +
    'wait for what they do not need, until none is left to work on what they do need',
  sources: [
    'https://learn.microsoft.com/en-us/azure/architecture/patterns/bulkhead',
    'https://www.usenix.org/conference/osdi22/presentation/huang-lexiang',
  ],
  remedy:
    'Give the optional call a limit of its own, far below the slots, and a short timeout; or make it ' +
    'after the answer.',
  needs: [
    'the steps of a service in a seaworthy.yaml: which calls are optional',
    'its slots',
    'the rate of the calls, and their timeouts',
  ],
  *decide(landscape) {
    const traffic = new Traffic(landscape);
    for (const { file, service } of modelServices(landscape)) {
      const { edges, services } = file.model;
      const calls = [...callsIn(service.steps)];
      const needed = calls.find(({ optional }) => !optional);
      if (needed === undefined) continue;
      const critical = services[edges[needed.edge]!.to]!.name;
      for (const index of new Set(calls.flatMap((it) => (it.optional ? [it.edge] : [])))) {
        const to = services[edges[index]!.to]!.name;
        const edge = landscape.edges.find((it) => it.from === service.name && it.to === to);
        const stall = edge && stallOf(landscape, traffic, edge);
        if (stall?.kind === 'lacks') yield stall;
        if (stall?.kind !== 'stall' || stall.fullAfterMs < stallNoticedMs) continue;
        const { slots, fullAfterMs, numbers, passes, proposed, at } = stall;
        yield finding(edgeName(edge!), {
          what:
            `when ${to} hangs, which ${service.name} can do without, all ${slots.value} slots of a ` +
            `replica wait for it after ${durationText(fullAfterMs)}, and none is left for ${critical}`,
          numbers,
          passes,
          ...proposed,
          at,
        });
      }
    }
  },
};
