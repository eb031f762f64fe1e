import { finding } from '../../decide.ts';
import { retryingLayers } from '../../edges/attempts.ts';
import { edgeName, edgePlace, layerName } from '../../edges/edge.ts';
import { count, text } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { modelService } from '../../traffic/model-services.ts';
import { sheddingConditions } from '../retries/conditions.ts';

export const ov06: Rule = {
  id: 'OV06',
  name: 'what was shed comes back at once',
  severity: 'high',
  formula:
    'attempts > 1 on refusals for load, without a budget, and a callee that refuses for load',
  why: 'the callee refuses because it has too much, and gets each refused request several times',
  sources: [
    'https://sre.google/sre-book/handling-overload/',
    'https://www.usenix.org/conference/osdi22/presentation/huang-lexiang',
  ],
  remedy: 'Give the retries a budget, or leave refusals for load out of what is retried.',
  needs: ['the conditions and the budget of a layer', 'whether the callee sheds load'],
  *decide(landscape) {
    for (const edge of landscape.edges) {
      const callee = modelService(landscape, edge.to);
      if (callee === undefined) continue;
      const { admission, queue, replicas } = callee.service;
      const isFull = queue.limit < Infinity && replicas.some((it) => it.concurrency < Infinity);
      if (admission === undefined && !isFull) continue;
      for (const { layer, attempts } of retryingLayers(edge)) {
        const conditions = sheddingConditions(layer);
        const { retryOn, budget } = layer;
        if (retryOn === undefined || budget !== undefined || conditions.length === 0) continue;
        const path = ['services', edge.to, admission === undefined ? 'queue' : 'admission'];
        const sheds = admission === undefined ? 'a queue with an end' : 'admission';
        yield finding(edgeName(edge), {
          what: `${edge.to} refuses what is too much, and ${layer.who} sends it up to ${attempts.value} times`,
          numbers: [
            count(`attempts of ${layerName(edge, layer)}`, attempts),
            text(`${edge.to} has`, { value: sheds, origin: callee.file.position(path) }),
          ],
          passes: 'a budget of 10 %',
          at: edgePlace(edge, layer, attempts.origin),
        });
      }
    }
  },
};
