import { finding } from '../../decide.ts';
import { count } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import type { Edge, Model } from '../../../model/model.ts';
import { modelEdges } from '../../traffic/model-services.ts';

export const ca08: Rule = {
  id: 'CA08',
  name: 'a fallback that nobody counts',
  severity: 'low',
  formula:
    'an edge has a fallback, the file has objectives, and none of them is about the success or the ' +
    'fallbacks of that edge or of its callee',
  why:
    'for who asked the caller, an answer of the fallback is a success: all objectives hold while no ' +
    'customer gets the real answer any more, for days, until somebody asks why',
  sources: [
    'https://aws.amazon.com/builders-library/avoiding-fallback-in-distributed-systems/',
    'https://sre.google/sre-book/addressing-cascading-failures/',
  ],
  remedy:
    'Bound it, as in `web -> prices fallback < 1%`, and alert on the same number in production.',
  needs: ['the fallbacks of an edge in a seaworthy.yaml', 'its objectives'],
  *decide(landscape) {
    for (const { file, edge } of modelEdges(landscape)) {
      const { model } = file;
      if (edge.fallbacks.length === 0 || model.objectives.length === 0) continue;
      if (isCounted(model, edge)) continue;
      const at = file.position(['calls', edge.name, 'fallback']);
      yield finding(edge.name, {
        what: `all objectives hold while its fallback answers everything, and none sees it`,
        numbers: [
          count(`links of the fallback of ${edge.name}`, {
            value: edge.fallbacks.length,
            origin: at,
          }),
          count('objectives that see it', {
            value: 0,
            origin: file.position(['objectives']),
          }),
        ],
        passes: `an objective such as ${edge.name} fallback < 1%`,
        at,
      });
    }
  },
};

/** To the calls over the edge, a fallback is no success; to those that lead there, it is one. */
function isCounted({ objectives, edges, sources }: Model, edge: Edge): boolean {
  return objectives.some(({ measure, subject }) => {
    if (!/^(success|fallback|goodput)$/.test(measure.kind)) return false;
    if (subject.kind === 'service') return subject.index === edge.to;
    if (subject.kind === 'source') return edges[sources[subject.index]!.edge] === edge;
    return subject.kind === 'edge' && edges[subject.index] === edge;
  });
}
