import type { Model } from '../../../model/model.ts';
import { finding } from '../../decide.ts';
import type { Rule } from '../../rule.ts';
import { modelServices } from '../../traffic/model-services.ts';

export const ob05: Rule = {
  id: 'OB05',
  name: 'an entry that no objective is about',
  severity: 'medium',
  formula: 'a service that traffic comes to, and no objective of it, its traffic or its calls',
  why: 'when it fails, users notice first, and nobody can say how well it must work',
  sources: ['https://sre.google/workbook/implementing-slos/'],
  remedy: 'Write down what its users need: `web success > 99.9%`, `web p99 < 500ms`.',
  needs: ['the traffic and the objectives of a seaworthy.yaml', 'OpenSLO objectives'],
  *decide(landscape) {
    const promised = new Set(landscape.objectives.map(({ service }) => service));
    for (const { file, service, index } of modelServices(landscape)) {
      const entering = entries(file.model, index);
      if (entering.length === 0) continue;
      if (promised.has(service.name) || isJudged(file.model, index, entering)) continue;
      yield finding(service.name, {
        what: `traffic comes to it, and no objective says what that must get`,
        numbers: [],
        passes: `${service.name} success > 99.9%, or the like`,
        at: file.position(['services', service.name]),
      });
    }
  },
};

/** The sources whose traffic comes to a service. */
function entries({ sources, edges }: Model, service: number): readonly number[] {
  return sources.flatMap(({ edge }, index) => (edges[edge]!.to === service ? [index] : []));
}

function isJudged({ objectives, edges }: Model, service: number, from: readonly number[]): boolean {
  return objectives.some(({ subject }) => {
    if (subject.kind === 'service') return subject.index === service;
    if (subject.kind === 'source') return from.includes(subject.index);
    return subject.kind === 'edge' && edges[subject.index]!.to === service;
  });
}
