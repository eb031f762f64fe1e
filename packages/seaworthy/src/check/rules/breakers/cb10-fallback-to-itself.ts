import { finding } from '../../decide.ts';
import type { Rule } from '../../rule.ts';
import { modelEdges } from '../../traffic/model-services.ts';

export const cb10: Rule = {
  id: 'CB10',
  name: 'a fallback that needs what failed',
  severity: 'medium',
  formula: 'the fallback of an edge is a call of the same service, or of one that calls it',
  why: 'when it is needed it fails as well, and adds its load to a service that is down',
  sources: ['https://aws.amazon.com/builders-library/avoiding-fallback-in-distributed-systems/'],
  remedy: 'Fall back to something that does not share the failure: a cached or a fixed answer.',
  needs: ['the fallbacks of an edge in a seaworthy.yaml'],
  *decide(landscape) {
    for (const { file, edge } of modelEdges(landscape)) {
      const { edges, services } = file.model;
      const failed = services[edge.to]!.name;
      for (const [index, link] of edge.fallbacks.entries()) {
        if (link.kind !== 'call') continue;
        const target = edges[link.edge]!.to;
        const needs = edges.some(
          ({ from, to }) => from.kind === 'service' && from.index === target && to === edge.to,
        );
        if (!needs) continue;
        yield finding(edge.name, {
          what: `when ${failed} fails it asks ${services[target]!.name}, which calls ${failed} itself`,
          numbers: [],
          passes: `a fallback that does without ${failed}`,
          at: file.position(['calls', edge.name, 'fallback', index]),
        });
      }
    }
  },
};
