import { finding } from '../../decide.ts';
import { count } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { modelOrigin, modelServices } from '../../traffic/model-services.ts';

export const ov01: Rule = {
  id: 'OV01',
  name: 'takes whatever comes',
  severity: 'high',
  formula: 'a service that traffic comes to has no limit of its concurrency',
  why:
    'beyond its capacity all requests get slower together, until none is answered in time: nothing ' +
    'is refused, and everything fails',
  sources: ['https://sre.google/sre-book/handling-overload/'],
  remedy:
    'Limit the requests in work, and bound the queue before them; shed what matters least first.',
  needs: ['the services of a seaworthy.yaml, and its traffic'],
  *decide(landscape) {
    for (const { file, service, index } of modelServices(landscape)) {
      const { model } = file;
      const isEntry = model.sources.some(({ edge }) => model.edges[edge]!.to === index);
      const isLimited = service.replicas.every(({ concurrency }) => concurrency < Infinity);
      if (!isEntry || isLimited) continue;
      const at = file.position(['services', service.name]);
      const origin = modelOrigin(file, ['services', service.name, 'concurrency']);
      yield finding(service.name, {
        what: 'traffic comes to it, and it works on any number of requests at once',
        numbers: [count(`concurrency of ${service.name}`, { value: Infinity, origin })],
        passes: 'concurrency: 64 and queue: { limit: 64 }, or the like',
        at,
      });
    }
  },
};
