import { callEdit } from '../../../model/edit/edits.ts';
import type { Keys } from '../../../model/model.ts';
import { numberText, rateText } from '../../../model/quantity-text.ts';
import { finding, lacks } from '../../decide.ts';
import { duration, flag, rate } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { latencyInput } from '../../traffic/latency.ts';
import { timeOf } from '../../traffic/capacity.ts';
import { callerOf, modelEdges } from '../../traffic/model-services.ts';
import { rateInput, Traffic } from '../../traffic/traffic.ts';

/** Loads of the same key at once that no origin notices. */
const loadsMax = 5;

export const ca02: Rule = {
  id: 'CA02',
  name: 'a hot key that many load at once',
  severity: 'high',
  formula: 'rate of the hottest key x time to load it > 5, without single flight and early refresh',
  why: 'each time that the entry expires, all who want it go to the origin together',
  sources: [
    'https://cseweb.ucsd.edu/~avattani/papers/cache_stampede.pdf',
    'https://pkg.go.dev/golang.org/x/sync/singleflight',
  ],
  remedy: 'Let one call fetch while the others wait for it (`singleFlight: true`).',
  needs: ['the cache and the keys of an edge in a seaworthy.yaml', 'the rate of its calls'],
  *decide(landscape) {
    const traffic = new Traffic(landscape);
    for (const { file, edge } of modelEdges(landscape)) {
      const { cache } = edge.policy;
      const { model } = file;
      const source = edge.from.kind === 'source' ? model.sources[edge.from.index] : undefined;
      const keys = edge.cache?.keys ?? source?.keys;
      if (cache === undefined || cache.singleFlight || cache.early > 0 || keys === undefined)
        continue;
      const callee = model.services[edge.to]!;
      const calls = traffic.over({ from: callerOf(model, edge), to: callee.name });
      const loadMs = timeOf(callee.steps).totalMs;
      if (calls === undefined) yield lacks(edge.name, rateInput);
      else if (loadMs === 0) yield lacks(edge.name, latencyInput);
      if (calls === undefined || loadMs === 0) continue;
      const hottest = calls.value * hottestShare(keys);
      const loads = (hottest * loadMs) / 1000;
      if (loads <= loadsMax) continue;
      const at = file.position(['calls', edge.name, 'cache', 'singleFlight']);
      const steps = file.position(['services', callee.name, 'steps']);
      yield finding(edge.name, {
        what:
          `when the hottest key expires, its ${rateText(hottest)} load it ${numberText(loads)} times ` +
          'at once',
        numbers: [
          rate(`calls of ${edge.name}`, calls),
          duration(`mean time of ${callee.name}`, { value: loadMs, origin: steps }),
          flag('single flight', { value: false, origin: at }),
        ],
        passes: 'singleFlight: true',
        proposed: [callEdit(edge.name, 'cache.singleFlight', true)],
        at,
      });
    }
  },
};

/** Of all calls, the share that is for the most popular of the keys. */
function hottestShare({ count, zipf }: Keys): number {
  let sum = 0;
  for (let rank = 1; rank <= count; rank++) sum += rank ** -zipf;
  return 1 / sum;
}
