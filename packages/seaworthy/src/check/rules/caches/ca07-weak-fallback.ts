import { rateText } from '../../../model/quantity-text.ts';
import { finding } from '../../decide.ts';
import { rate } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { capacityOf } from '../../traffic/capacity.ts';
import { callerOf, modelEdges } from '../../traffic/model-services.ts';
import { Traffic } from '../../traffic/traffic.ts';

export const ca07: Rule = {
  id: 'CA07',
  name: 'a fallback that cannot carry the load',
  severity: 'high',
  formula: 'calls a second over an edge > capacity of the service that it falls back to',
  why: 'when the first service fails, the second one gets all of its calls at once, and fails as well',
  sources: ['https://aws.amazon.com/builders-library/avoiding-fallback-in-distributed-systems/'],
  remedy:
    'Let the fallback answer from what is there already, or give it the capacity, and use it daily.',
  needs: [
    'the fallbacks of an edge in a seaworthy.yaml',
    'its rate',
    'the capacity of the other service',
  ],
  *decide(landscape) {
    const traffic = new Traffic(landscape);
    for (const { file, edge } of modelEdges(landscape)) {
      const { edges, services } = file.model;
      const to = services[edge.to]!.name;
      const calls = traffic.over({ from: callerOf(file.model, edge), to });
      for (const [index, link] of edge.fallbacks.entries()) {
        if (link.kind !== 'call' || calls === undefined) continue;
        const target = services[edges[link.edge]!.to]!.name;
        const capacity = capacityOf(landscape, target);
        const before = traffic.into(target)?.value ?? 0;
        if (capacity === undefined || calls.value + before <= capacity.value) continue;
        yield finding(edge.name, {
          what:
            `when ${to} fails, ${target} gets ${rateText(calls.value + before)}, and can carry ` +
            rateText(capacity.value),
          numbers: [rate(`calls of ${edge.name}`, calls), rate(`capacity of ${target}`, capacity)],
          passes: `a capacity of ${rateText(calls.value + before)}, or a limit on that edge`,
          at: file.position(['calls', edge.name, 'fallback', index]),
        });
      }
    }
  },
};
