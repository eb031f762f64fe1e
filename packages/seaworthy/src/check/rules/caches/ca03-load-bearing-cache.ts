import { serviceEdit } from '../../../model/edit/edits.ts';
import { rateText, shareText } from '../../../model/quantity-text.ts';
import { finding } from '../../decide.ts';
import { rate } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { capacityOf } from '../../traffic/capacity.ts';
import { callerOf, modelEdges } from '../../traffic/model-services.ts';
import { Traffic } from '../../traffic/traffic.ts';

export const ca03: Rule = {
  id: 'CA03',
  name: 'a cache that the system cannot start without',
  severity: 'high',
  formula: 'calls a second before the cache > capacity of the origin',
  why:
    'when the cache is empty, after a restart or a flush, the origin gets more than it can carry, ' +
    'answers nothing in time, and so the cache stays empty',
  sources: ['https://www.usenix.org/conference/osdi22/presentation/huang-lexiang'],
  remedy:
    'Warm the cache before it takes traffic, bound the calls to the origin by a limit, and know the ' +
    'hit ratio that it needs.',
  needs: [
    'the cache of an edge in a seaworthy.yaml',
    'the rate of its calls',
    'the capacity of the origin',
  ],
  *decide(landscape) {
    const traffic = new Traffic(landscape);
    for (const { file, edge } of modelEdges(landscape)) {
      const origin = file.model.services[edge.to]!.name;
      const calls = traffic.over({ from: callerOf(file.model, edge), to: origin });
      const capacity = capacityOf(landscape, origin);
      if (edge.policy.cache === undefined || calls === undefined || capacity === undefined)
        continue;
      if (calls.value <= capacity.value) continue;
      const replicas = file.model.services[edge.to]!.replicas.length;
      const enough = Math.ceil((replicas * calls.value) / capacity.value);
      const needed = 1 - capacity.value / calls.value;
      yield finding(edge.name, {
        what:
          `with an empty cache ${origin} gets ${rateText(calls.value)}, and can carry ` +
          `${rateText(capacity.value)}: it needs a hit ratio of ${shareText(needed)} at all times`,
        numbers: [rate(`calls of ${edge.name}`, calls), rate(`capacity of ${origin}`, capacity)],
        passes: `a capacity of ${rateText(calls.value)}, or less traffic than that`,
        proposed: [serviceEdit(origin, 'replicas', enough)],
        at: file.position(['calls', edge.name, 'cache']),
      });
    }
  },
};
